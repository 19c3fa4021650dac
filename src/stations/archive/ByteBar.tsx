import type { ReactNode } from 'react';
import { DataTable, Panel, type TableColumn } from '../../ui/controls/index.ts';
import { formatBytes, formatPercent } from '../../ui/format.ts';
import type { BytePart } from './breakdown.ts';

interface ByteBarProps {
  caption: string;
  parts: readonly BytePart[];
  /** Bytes of the training records in the archive, and as they were. */
  bytes: number;
  rawBytes: number;
  /** What they were: "float64", "raw pixels". */
  of: string;
  /** Why nothing may be saved. */
  whyLarger: ReactNode;
  isStale: boolean;
}

/** Where the bytes went: a bar as long as the raw data, and the same numbers as a table. */
export function ByteBar({ caption, parts, bytes, rawBytes, of, whyLarger, isStale }: ByteBarProps) {
  const saved = 1 - bytes / rawBytes;
  const whole = Math.max(1, bytes / rawBytes);
  const summary = parts
    .filter((part) => part.bytes > 0)
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
    { id: 'bytes', header: 'Bytes', isNumeric: true, cell: (part) => formatBytes(part.bytes) },
    { id: 'share', header: `Of ${of}`, isNumeric: true, cell: ({ share }) => formatPercent(share) },
    {
      id: 'about',
      header: 'What it is',
      isBelowOnPhone: true,
      cell: ({ about }) => <span className="byte-about">{about}</span>,
    },
  ];

  return (
    <Panel name="bytes" title="Where the bytes go" caption={caption} stale={isStale}>
      <div
        className="byte-bar keeps-colour"
        role="img"
        aria-label={`Of ${of}: ${summary}; ${saved >= 0 ? `saved ${formatPercent(saved)}` : `${formatPercent(-saved)} more than ${of}`}.`}
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
          <strong>Nothing is saved:</strong> the archive takes {formatPercent(-saved)} more than {of}.{' '}
          {whyLarger}
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
