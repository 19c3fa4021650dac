import type { PeerResult, PeersReport } from '../../../contracts/peers.ts';
import { Disclosure, type Option } from '../../../ui/controls/index.ts';
import { formatBytes, formatCount, formatPlural } from '../../../ui/format.ts';
import { PEER_RANKING, peerVerdict, type PeerFigure } from './comparePeers.ts';
import { AboutPeers, peerColumns, PeersFrame, type PeersTask } from '../PeersFrame.tsx';

const ORDERS: Option<PeerFigure>[] = [
  { value: 'ratio', label: 'Size' },
  { value: 'recordMicroseconds', label: 'One record' },
  { value: 'encodeMegabytesPerSecond', label: 'Encoding' },
  { value: 'decodeMegabytesPerSecond', label: 'Decoding' },
];

const HEADERS = {
  ...{ label: 'Compressor', ratio: 'Of float64', one: 'One record' },
  ...{ alone: 'Random access', exact: 'Lossless' },
};

/** The archive beside general compressors and Parquet on the same training records: who wins what. */
export function PeersPanel(props: PeersTask<PeerResult, PeersReport>) {
  const { task, rows } = props;
  const report = task.status === 'running' ? null : task.value;
  return (
    <PeersFrame<PeerResult, PeerFigure, PeersReport>
      {...props}
      title="Beside general compressors"
      caption={captionOf(report)}
      invitation="gzip, deflate, zstd, brotli and Parquet on the same training records: size, speed, and what one record costs. Every result is decoded and compared cell by cell. It takes half a minute to a few minutes; the page stays usable meanwhile."
      tableCaption="The archive and its peers on the same training records"
      orders={ORDERS}
      ranking={PEER_RANKING}
      columns={peerColumns(rows, PEER_RANKING, HEADERS, 'recordMicroseconds', ({ exact }) =>
        exact === null ? '–' : exact ? 'every cell' : 'not here',
      )}
      verdict={peerVerdict}
      limits={limitsOf(report)}
      explanation={<Explanation rows={rows} />}
    />
  );
}

function captionOf(report: PeersReport | null): string {
  if (report === null) return 'the same training records for all, measured here';
  const { measuredRows, rawFloat64Bytes, csvBytes, machine } = report;
  return `${formatPlural(measuredRows, 'training record')}: ${formatBytes(rawFloat64Bytes)} as float64, ${formatBytes(csvBytes)} as CSV; measured in ${machine}`;
}

/** What the numbers do not cover. */
function limitsOf(report: PeersReport | null): string | null {
  if (report === null || report.measuredRows === report.trainRows) return null;
  return `Measured on the first ${formatCount(report.measuredRows)} of ${formatPlural(report.trainRows, 'training record')}, as all of them would take many minutes; the archive’s own row is of these records too.`;
}

function Explanation({ rows }: { rows: readonly PeerResult[] }) {
  return (
    <Disclosure about="these numbers">
      <p>
        <strong>Encoding</strong> and <strong>decoding</strong> go from typed columns in memory to bytes and
        back, writing and reading of text included, in megabytes of float64 a second: the median of warm runs,
        or one run where it is long. <strong>One record</strong> is the usual time for a random record from
        bytes in memory: decoding as much as has to be decoded for it, with headers, dictionaries and footers
        read before. <strong>Lossless</strong> says that every cell was decoded and compared. Bold marks the
        best of a column.
      </p>
      <AboutPeers rows={rows} />
    </Disclosure>
  );
}
