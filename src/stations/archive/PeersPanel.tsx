import { useState } from 'react';
import type { PeerResult, PeersReport } from '../../contracts/peers.ts';
import {
  Button,
  DataTable,
  Disclosure,
  ErrorNotice,
  Notice,
  Panel,
  ProgressLine,
  Select,
  type Option,
  type TableColumn,
} from '../../ui/controls/index.ts';
import { formatBytes, formatCount, formatPercent, formatPlural, formatSeconds } from '../../ui/format.ts';
import type { Task } from '../lab.ts';
import { bestPeer, peerVerdict, sortPeers, type PeerFigure } from './comparePeers.ts';
import './peers.css';

const ORDERS: Option<PeerFigure>[] = [
  { value: 'ratio', label: 'Size' },
  { value: 'recordMicroseconds', label: 'One record' },
  { value: 'encodeMegabytesPerSecond', label: 'Encoding' },
  { value: 'decodeMegabytesPerSecond', label: 'Decoding' },
];

interface PeersPanelProps {
  task: Task<PeersReport>;
  /** The rows so far; all of them once the task is done. */
  rows: readonly PeerResult[];
  onMeasure: () => void;
  onCancel: () => void;
}

/** The archive beside general compressors and Parquet on the same training records: who wins what. */
export function PeersPanel({ task, rows, onMeasure, onCancel }: PeersPanelProps) {
  const [order, setOrder] = useState<PeerFigure>('ratio');
  const isRunning = task.status === 'running';
  // Who wins is told when all have run.
  const verdict = isRunning ? [] : peerVerdict(rows);
  return (
    <Panel
      title="Beside general compressors"
      caption={captionOf(isRunning ? null : task.value)}
      stale={task.stale}
      actions={rows.length > 0 && !isRunning ? <Button onPress={onMeasure}>Measure again</Button> : undefined}
    >
      {isRunning && (
        <div className="peer-progress">
          <ProgressLine progress={task.progress} label="Measuring" onCancel={onCancel} />
        </div>
      )}
      {task.error !== null && <ErrorNotice error={task.error} onRetry={onMeasure} />}
      {task.status === 'cancelled' && (
        <Notice>
          <p>
            {rows.length === 0
              ? 'The measurement was cancelled.'
              : `The measurement was cancelled after ${formatPlural(rows.length, 'row')}.`}
          </p>
        </Notice>
      )}
      {rows.length === 0 ? (
        !isRunning && <Invitation onMeasure={onMeasure} />
      ) : (
        <>
          {verdict.length > 0 && (
            <ul className="peer-verdict">
              {verdict.map((sentence) => (
                <li key={sentence}>{sentence}</li>
              ))}
            </ul>
          )}
          {!isRunning && task.value !== null && <Limits report={task.value} />}
          <div className="peer-order">
            <Select label="Order by" value={order} options={ORDERS} onChange={setOrder} />
          </div>
          <DataTable
            caption="The archive and its peers on the same training records"
            columns={columnsOf(rows)}
            rows={sortPeers(rows, order)}
            rowKey={({ name }) => name}
            rowClassName={({ isOurs }) => (isOurs ? 'peer-ours' : undefined)}
          />
          <Explanation rows={rows} />
        </>
      )}
    </Panel>
  );
}

function captionOf(report: PeersReport | null): string {
  if (report === null) return 'the same training records for all, measured here';
  const { measuredRows, rawFloat64Bytes, csvBytes, machine } = report;
  return `${formatPlural(measuredRows, 'training record')}: ${formatBytes(rawFloat64Bytes)} as float64, ${formatBytes(csvBytes)} as CSV; measured in ${machine}`;
}

function Invitation({ onMeasure }: { onMeasure: () => void }) {
  return (
    <div className="peer-invitation">
      <p>
        gzip, deflate, zstd, brotli and Parquet on the same training records: size, speed, and what one record
        costs. Every peer is decoded and compared cell by cell. It takes from half a minute to a few minutes,
        in the second worker.
      </p>
      <Button variant="primary" onPress={onMeasure}>
        Measure the peers
      </Button>
    </div>
  );
}

/** What the numbers do not cover. */
function Limits({ report: { measuredRows, trainRows } }: { report: PeersReport }) {
  if (measuredRows === trainRows) return null;
  return (
    <Notice>
      <p>
        {`Measured on the first ${formatCount(measuredRows)} of ${formatPlural(trainRows, 'training record')}, as all of them would take many minutes; the archive’s own row is of these records too.`}
      </p>
    </Notice>
  );
}

/** A number, marked where no peer that is exact has a better one. */
function Figure({ text, isBest }: { text: string; isBest: boolean }) {
  if (!isBest) return <>{text}</>;
  return (
    <strong className="peer-best">
      {text}
      <span className="visually-hidden"> (best)</span>
    </strong>
  );
}

function columnsOf(rows: readonly PeerResult[]): TableColumn<PeerResult>[] {
  const longest = Math.max(...rows.map(({ ratio }) => ratio ?? 0), Number.MIN_VALUE);
  const figure = (
    name: PeerFigure,
    header: string,
    format: (value: number) => string,
  ): TableColumn<PeerResult> => {
    const best = bestPeer(rows, name);
    return {
      id: name,
      header,
      isNumeric: true,
      cell: (row) => {
        const value = row[name];
        return value === null ? '–' : <Figure text={format(value)} isBest={row === best} />;
      },
    };
  };
  const speed = (value: number): string => `${formatBytes(value * 1e6)}/s`;
  return [
    {
      id: 'label',
      header: 'Compressor',
      isRowHeader: true,
      cell: ({ label, note }) => (
        <span className="peer-label">
          {label}
          {note !== null && <span className="peer-note">{note}</span>}
        </span>
      ),
    },
    {
      id: 'bar',
      header: <span className="visually-hidden">Size as a bar</span>,
      cell: ({ ratio, isOurs }) => (
        <span className="peer-track" aria-hidden="true">
          <span
            className={isOurs ? 'peer-bar peer-bar-ours' : 'peer-bar'}
            style={{ width: `${((ratio ?? 0) / longest) * 100}%` }}
          />
        </span>
      ),
    },
    figure('ratio', 'Of float64', (ratio) => formatPercent(ratio)),
    {
      id: 'bytes',
      header: 'Size',
      isNumeric: true,
      cell: ({ bytes }) => (bytes === null ? '–' : formatBytes(bytes)),
    },
    figure('recordMicroseconds', 'One record', (microseconds) => formatSeconds(microseconds / 1e6)),
    figure('encodeMegabytesPerSecond', 'Encoding', speed),
    figure('decodeMegabytesPerSecond', 'Decoding', speed),
    { id: 'alone', header: 'Random access', cell: ({ randomAccess }) => (randomAccess ? 'yes' : 'no') },
    {
      id: 'exact',
      header: 'Lossless',
      cell: ({ exact }) => (exact === null ? '–' : exact ? 'every cell' : 'not here'),
    },
  ];
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
      <dl className="peer-about">
        {rows.map(({ name, label, sentence }) => (
          <div key={name}>
            <dt>{label}</dt>
            <dd>{sentence}</dd>
          </div>
        ))}
      </dl>
    </Disclosure>
  );
}
