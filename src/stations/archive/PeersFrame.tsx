import { useState, type ReactNode } from 'react';
import type { PeerRow } from '../../contracts/peers.ts';
import {
  Button,
  DataTable,
  ErrorNotice,
  Notice,
  Panel,
  ProgressLine,
  Select,
  type Option,
  type TableColumn,
} from '../../ui/controls/index.ts';
import { formatBytes, formatPercent, formatPlural, formatSeconds } from '../../ui/format.ts';
import type { Task } from '../lab/task.ts';
import { named } from '../namedButtons.ts';
import type { Ranking, SpeedFigure } from './ranking.ts';
import './peers.css';

export interface PeersTask<Row, Report> {
  task: Task<Report>;
  /** The rows so far; all of them once the task is done. */
  rows: readonly Row[];
  onMeasure: () => void;
  onCancel: () => void;
}

interface PeersFrameProps<Row, Figure extends string, Report> extends PeersTask<Row, Report> {
  title: string;
  caption: string;
  /** Shown before anything is measured. */
  invitation: string;
  /** What the table compares on. */
  tableCaption: string;
  orders: readonly Option<Figure>[];
  ranking: Ranking<Row, Figure>;
  columns: readonly TableColumn<Row>[];
  /** Who wins what, a sentence for each. */
  verdict: (rows: readonly Row[]) => string[];
  /** What the numbers do not cover, or null. */
  limits: string | null;
  explanation: ReactNode;
}

/** A comparison of the archive with others: the invitation to measure, the rows as they come, and who won. */
export function PeersFrame<Row extends PeerRow, Figure extends string, Report>({
  title,
  caption,
  invitation,
  tableCaption,
  orders,
  ranking,
  columns,
  verdict,
  limits,
  explanation,
  task,
  rows,
  onMeasure,
  onCancel,
}: PeersFrameProps<Row, Figure, Report>) {
  const [order, setOrder] = useState<Figure>(orders[0].value);
  const isRunning = task.status === 'running';
  // Who wins is told when all have run.
  const sentences = isRunning ? [] : verdict(rows);
  return (
    <Panel
      name="peers"
      title={title}
      caption={caption}
      stale={task.stale}
      actions={
        rows.length > 0 && !isRunning ? (
          <Button {...named('peers')} onPress={onMeasure}>
            Measure again
          </Button>
        ) : undefined
      }
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
        !isRunning && (
          <div className="peer-invitation off-paper">
            <p>{invitation}</p>
            <Button {...named('peers')} variant="primary" onPress={onMeasure}>
              Measure them
            </Button>
          </div>
        )
      ) : (
        <>
          {sentences.length > 0 && (
            <ul className="peer-verdict">
              {sentences.map((sentence) => (
                <li key={sentence}>{sentence}</li>
              ))}
            </ul>
          )}
          {limits !== null && (
            <Notice>
              <p>{limits}</p>
            </Notice>
          )}
          <div className="peer-order">
            <Select label="Order by" value={order} options={[...orders]} onChange={setOrder} />
          </div>
          <DataTable
            caption={tableCaption}
            columns={columns}
            rows={ranking.sort(rows, order)}
            rowKey={({ name }) => name}
            rowClassName={({ isOurs }) => (isOurs ? 'peer-ours' : undefined)}
          />
          {explanation}
        </>
      )}
    </Panel>
  );
}

/** A number, marked where no row that gives everything back has a better one. */
function Figure({ text, isBest }: { text: string; isBest: boolean }) {
  if (!isBest) return <>{text}</>;
  return (
    <strong className="peer-best">
      {text}
      <span className="visually-hidden"> (best)</span>
    </strong>
  );
}

interface PeerHeaders {
  /** Of the row's name, its size as a share, and whether one record can be read alone. */
  label: string;
  ratio: string;
  alone: string;
  /** Of the time for one record or picture. */
  one: string;
  exact: string;
}

/**
 * The columns of a comparison.
 *
 * @param one the quantity that says what one record or picture costs, in microseconds
 * @param exact what is said of whether everything comes back
 */
export function peerColumns<Row extends PeerRow & Record<Figure, number | null>, Figure extends string>(
  rows: readonly Row[],
  ranking: Ranking<Row, Figure | 'ratio' | SpeedFigure>,
  headers: PeerHeaders,
  one: Figure,
  exact: (row: Row) => ReactNode,
): TableColumn<Row>[] {
  const longest = Math.max(...rows.map(({ ratio }) => ratio ?? 0), Number.MIN_VALUE);
  const figure = (
    name: Figure | 'ratio' | SpeedFigure,
    header: string,
    format: (value: number) => string,
  ): TableColumn<Row> => {
    const best = ranking.best(rows, name);
    return {
      id: name,
      header,
      isNumeric: true,
      cell: (row) => {
        const value: number | null = row[name];
        return value === null ? '–' : <Figure text={format(value)} isBest={row === best} />;
      },
    };
  };
  const speed = (value: number): string => `${formatBytes(value * 1e6)}/s`;
  return [
    {
      id: 'label',
      header: headers.label,
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
    figure('ratio', headers.ratio, (ratio) => formatPercent(ratio)),
    {
      id: 'bytes',
      header: 'Size',
      isNumeric: true,
      cell: ({ bytes }) => (bytes === null ? '–' : formatBytes(bytes)),
    },
    figure(one, headers.one, (microseconds) => formatSeconds(microseconds / 1e6)),
    figure('encodeMegabytesPerSecond', 'Encoding', speed),
    figure('decodeMegabytesPerSecond', 'Decoding', speed),
    { id: 'alone', header: headers.alone, cell: ({ randomAccess }) => (randomAccess ? 'yes' : 'no') },
    { id: 'exact', header: headers.exact, cell: exact },
  ];
}

/** What each row is, in a sentence. */
export function AboutPeers({ rows }: { rows: readonly Pick<PeerRow, 'name' | 'label' | 'sentence'>[] }) {
  return (
    <dl className="peer-about">
      {rows.map(({ name, label, sentence }) => (
        <div key={name}>
          <dt>{label}</dt>
          <dd>{sentence}</dd>
        </div>
      ))}
    </dl>
  );
}
