import type { ArchiveReport } from '../../contracts/codec.ts';
import { DataTable, Panel, type TableColumn } from '../../ui/controls/index.ts';
import { formatBytes, formatPercent } from '../../ui/format.ts';
import { byteParts, savedShare, type BytePart } from './breakdown.ts';

/** Where the bytes went: a bar as long as the float64 table, and the same numbers as a table. */
export function ByteBar({ report, isStale }: { report: ArchiveReport; isStale: boolean }) {
  const parts = byteParts(report);
  const saved = savedShare(report);
  const whole = Math.max(1, report.bytes.train / report.rawFloat64Bytes.train);
  const summary = parts
    .filter(({ bytes }) => bytes > 0)
    .map(({ label, share }) => `${label} ${formatPercent(share)}`)
    .join(', ');

  const columns: TableColumn<BytePart>[] = [
    {
      id: 'part',
      header: 'Part',
      isRowHeader: true,
      cell: ({ name, label }) => (
        <span className="byte-key">
          <i className={`swatch part-${name}`} />
          {label}
        </span>
      ),
    },
    { id: 'bytes', header: 'Bytes', isNumeric: true, cell: ({ bytes }) => formatBytes(bytes) },
    { id: 'share', header: 'Of float64', isNumeric: true, cell: ({ share }) => formatPercent(share) },
    { id: 'about', header: 'What it is', cell: ({ about }) => <span className="byte-about">{about}</span> },
  ];

  return (
    <Panel
      title="Where the bytes go"
      caption={`training records: ${formatBytes(report.rawFloat64Bytes.train)} as float64 → ${formatBytes(report.bytes.train)}`}
      stale={isStale}
    >
      <div
        className="byte-bar keeps-colour"
        role="img"
        aria-label={`Of float64: ${summary}; ${saved >= 0 ? `saved ${formatPercent(saved)}` : `${formatPercent(-saved)} more than float64`}.`}
      >
        {parts.map(({ name, share }) => (
          <span key={name} className={`part part-${name}`} style={{ width: `${(share / whole) * 100}%` }}>
            {share / whole > 0.075 && <span>{formatPercent(share)}</span>}
          </span>
        ))}
        {saved > 0 && (
          <span className="part part-saved">{saved > 0.12 && <span>saved {formatPercent(saved)}</span>}</span>
        )}
      </div>
      {saved < 0 && (
        <p className="figure-note">
          <strong>Nothing is saved:</strong> the archive takes {formatPercent(-saved)} more than the table as
          float64. Its records share too few bits, or there are too few of them for what an archive carries
          besides.
        </p>
      )}
      <DataTable
        caption="Bytes of the archive by part, training records"
        columns={columns}
        rows={parts}
        rowKey={({ name }) => name}
        isDense
      />
    </Panel>
  );
}
