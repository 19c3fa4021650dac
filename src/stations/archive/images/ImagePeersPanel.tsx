import { useState } from 'react';
import type { ImagePeerResult, ImagePeersReport } from '../../../contracts/images.ts';
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
} from '../../../ui/controls/index.ts';
import { formatBytes, formatCount, formatPercent, formatPlural, formatSeconds } from '../../../ui/format.ts';
import { decibelWords } from '../../../ui/pictures/words.ts';
import type { Task } from '../../lab.ts';
import { bestPicture, pictureVerdict, sortPictures, type PictureFigure } from './comparePictures.ts';
import '../peers.css';

const ORDERS: Option<PictureFigure>[] = [
  { value: 'ratio', label: 'Size' },
  { value: 'pictureMicroseconds', label: 'One picture' },
  { value: 'encodeMegabytesPerSecond', label: 'Encoding' },
  { value: 'decodeMegabytesPerSecond', label: 'Decoding' },
];

interface ImagePeersPanelProps {
  task: Task<ImagePeersReport>;
  /** The rows so far; all of them once the task is done. */
  rows: readonly ImagePeerResult[];
  onMeasure: () => void;
  onCancel: () => void;
}

/** The archive beside picture formats and general compressors on the same pictures: who wins what. */
export function ImagePeersPanel({ task, rows, onMeasure, onCancel }: ImagePeersPanelProps) {
  const [order, setOrder] = useState<PictureFigure>('ratio');
  const isRunning = task.status === 'running';
  // Who wins is told when all have run.
  const verdict = isRunning ? [] : pictureVerdict(rows);
  const report = isRunning ? null : task.value;
  return (
    <Panel
      title="Beside picture formats"
      caption={captionOf(report)}
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
          {report !== null && report.measuredRecords < report.trainRecords && (
            <Notice>
              <p>
                {`Measured on ${formatCount(report.measuredRecords)} of ${formatPlural(report.trainRecords, 'training picture')}, spread over the classes as in the set; the archive’s own row is of these pictures too.`}
              </p>
            </Notice>
          )}
          <div className="peer-order">
            <Select label="Order by" value={order} options={ORDERS} onChange={setOrder} />
          </div>
          <DataTable
            caption="The archive and its peers on the same training pictures"
            columns={columnsOf(rows)}
            rows={sortPictures(rows, order)}
            rowKey={({ name }) => name}
            rowClassName={({ isOurs }) => (isOurs ? 'peer-ours' : undefined)}
          />
          <Explanation rows={rows} />
        </>
      )}
    </Panel>
  );
}

function captionOf(report: ImagePeersReport | null): string {
  if (report === null) return 'the same training pictures for all, measured here';
  const { measuredRecords, rawBytes, machine } = report;
  return `${formatPlural(measuredRecords, 'training picture')}: ${formatBytes(rawBytes)} of raw pixels; measured in ${machine}`;
}

function Invitation({ onMeasure }: { onMeasure: () => void }) {
  return (
    <div className="peer-invitation">
      <p>
        Deflate, PNG, WebP lossless, QOI and zstd picture by picture, and gzip of everything, on the same
        training pictures: size, speed, and what one picture costs. Every peer is decoded and compared pixel
        by pixel. It takes from half a minute to a few minutes, in the second worker.
      </p>
      <Button variant="primary" onPress={onMeasure}>
        Measure the peers
      </Button>
    </div>
  );
}

/** A number, marked where no lossless row has a better one. */
function Figure({ text, isBest }: { text: string; isBest: boolean }) {
  if (!isBest) return <>{text}</>;
  return (
    <strong className="peer-best">
      {text}
      <span className="visually-hidden"> (best)</span>
    </strong>
  );
}

function columnsOf(rows: readonly ImagePeerResult[]): TableColumn<ImagePeerResult>[] {
  const longest = Math.max(...rows.map(({ ratio }) => ratio ?? 0), Number.MIN_VALUE);
  const figure = (
    name: PictureFigure,
    header: string,
    format: (value: number) => string,
  ): TableColumn<ImagePeerResult> => {
    const best = bestPicture(rows, name);
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
      header: 'Kept as',
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
    figure('ratio', 'Of raw', (ratio) => formatPercent(ratio)),
    {
      id: 'bytes',
      header: 'Size',
      isNumeric: true,
      cell: ({ bytes }) => (bytes === null ? '–' : formatBytes(bytes)),
    },
    figure('pictureMicroseconds', 'One picture', (microseconds) => formatSeconds(microseconds / 1e6)),
    figure('encodeMegabytesPerSecond', 'Encoding', speed),
    figure('decodeMegabytesPerSecond', 'Decoding', speed),
    { id: 'alone', header: 'A picture alone', cell: ({ randomAccess }) => (randomAccess ? 'yes' : 'no') },
    {
      id: 'exact',
      header: 'Comes back',
      cell: ({ fidelity }) =>
        fidelity === null ? (
          '–'
        ) : fidelity.kind === 'exact' ? (
          'every pixel'
        ) : (
          <span className="nowrap">nearly: {decibelWords(fidelity.psnr)}</span>
        ),
    },
  ];
}

function Explanation({ rows }: { rows: readonly ImagePeerResult[] }) {
  return (
    <Disclosure about="these numbers">
      <p>
        <strong>Encoding</strong> and <strong>decoding</strong> go from pixels in memory to bytes and back on
        one core, in megabytes of raw pixels a second. <strong>One picture</strong> is the usual time for a
        random picture’s pixels from bytes in memory: decoding as much as has to be decoded for it.{' '}
        <strong>Comes back</strong> says that every pixel was decoded and compared. Bold marks the best of a
        column among those that give back every pixel.
      </p>
      <p>
        What the archive gives instead of the smallest size: any subset of pictures is decoded directly, many
        at a time, from the few blocks that hold it.
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
