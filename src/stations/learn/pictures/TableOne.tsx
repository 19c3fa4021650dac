import { useMemo, type ReactNode } from 'react';
import { usesFraction } from '../../../contracts/training.ts';
import { DataTable, type TableColumn } from '../../../ui/controls/index.ts';
import { formatBytes, formatPercent, formatPlural, formatSeconds } from '../../../ui/format.ts';
import type { PaperMeasure } from '../../training/paper/tables.ts';
import type { TrainingGroup } from '../../training/results.ts';
import { tableOneRow, type TableOneRow } from '../../training/tableOne.ts';
import { fractionWords, methodLabel, networkWords } from '../../training/words.ts';
import { paperCell } from './paperMarks.ts';
import { BACKEND_LABELS } from './trainingChoices.ts';

interface Line extends TableOneRow {
  group: TrainingGroup;
}

/** The runs at hand in the columns of the paper's Table 1, its numbers faint below them. */
export function TableOne({ groups, datasetId }: { groups: readonly TrainingGroup[]; datasetId: string }) {
  const lines = useMemo(() => groups.map((group): Line => ({ group, ...tableOneRow(group) })), [groups]);
  const columns = useMemo(() => columnsOf(lines, datasetId), [lines, datasetId]);
  return (
    <DataTable
      caption="The runs in the columns of the paper’s Table 1"
      columns={columns}
      rows={lines}
      rowKey={({ group }) => group.key}
      isDense
    />
  );
}

function columnsOf(lines: readonly Line[], datasetId: string): TableColumn<Line>[] {
  const networks = new Set(lines.map(({ group }) => networkWords(group.network, group.width)));
  const cell = (
    measure: PaperMeasure,
    header: string,
    value: (line: Line) => ReactNode,
    about: (line: Line) => string = () => '',
  ): TableColumn<Line> => ({
    id: measure,
    header,
    isNumeric: true,
    cell: (line) => (
      <div className="results-cell">
        <span>{value(line)}</span>
        <About words={about(line)} />
        <Paper words={paperCell(datasetId, line.group, measure)} />
      </div>
    ),
  });
  return [
    {
      id: 'method',
      header: 'Method',
      isRowHeader: true,
      cell: ({ group: { method, fraction, network, width, variant } }) => (
        <>
          <span className="nowrap">
            {methodLabel(method)}
            {usesFraction(method) && ` ${fractionWords(fraction)}`}
          </span>
          {networks.size > 1 && <small className="results-about">{networkWords(network, width)}</small>}
          {variant !== '' && <small className="results-about">{variant}</small>}
        </>
      ),
    },
    cell(
      'accuracy',
      'Test accuracy',
      ({ accuracy: { mean, std, count } }) => (
        <>
          <b>{formatPercent(mean, 2)}</b>
          {count > 1 && <span className="soft"> ± {(std * 100).toFixed(2)}</span>}
        </>
      ),
      ({ accuracy: { count }, group: { backends } }) =>
        `${formatPlural(count, 'run')}${backends.length > 1 ? ` on ${backends.map((name) => BACKEND_LABELS[name]).join(' and ')}` : ''}`,
    ),
    cell(
      'time',
      'Time',
      ({ time, seconds }) => (time === null ? formatSeconds(seconds.mean) : share(time.mean)),
      ({ time, seconds, selectSeconds }) =>
        [
          ...(time === null ? [] : [formatSeconds(seconds.mean)]),
          ...(selectSeconds === null ? [] : [`${formatSeconds(selectSeconds.mean)} of it selecting`]),
        ].join(', '),
    ),
    cell('storage', 'Storage', ({ storage }) => share(storage)),
    cell(
      'csMemory',
      'To select',
      ({ csMemory }) => share(csMemory),
      ({ csBytes }) => (csBytes === null ? '' : `and ${formatBytes(csBytes)}`),
    ),
    cell(
      'trainMemory',
      'To train',
      ({ trainMemory }) => share(trainMemory),
      ({ trainBytes }) => `${formatBytes(trainBytes)} held`,
    ),
    cell(
      'dataAccess',
      'Data access',
      ({ dataAccess }) => share(dataAccess),
      ({ distinctTrained, distinctRead }) =>
        distinctRead > distinctTrained
          ? `${share(distinctTrained)} trained on, ${share(distinctRead)} read`
          : `${share(distinctTrained)} read`,
    ),
  ];
}

function share(value: number | null): string {
  return value === null ? '–' : formatPercent(value);
}

function About({ words }: { words: string }) {
  return words === '' ? null : <small>{words}</small>;
}

function Paper({ words }: { words: string | null }) {
  return words === null ? null : <small className="results-paper">paper {words}</small>;
}
