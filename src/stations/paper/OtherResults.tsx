import { memo } from 'react';
import { DataTable, Panel, type TableColumn } from '../../ui/controls/index.ts';
import { formatPercent, formatSeconds } from '../../ui/format.ts';
import type { PaperSet } from '../training/paper/tables.ts';
import { fractionWords, networkWords, settingWords } from '../training/words.ts';
import { secondsOf, type Evidence } from './evidence.ts';
import { differencesFrom } from './sets.ts';
import type { Known } from './sheet.ts';
import { labelOf } from './words.ts';

function columnsOf(set: PaperSet): TableColumn<Evidence>[] {
  return [
    { id: 'method', header: 'Method', isRowHeader: true, cell: ({ result }) => labelOf(result.method) },
    {
      ...{ id: 'share', header: 'Share', isNumeric: true },
      cell: ({ result }) => fractionWords(result.fraction),
    },
    {
      ...{ id: 'accuracy', header: 'Accuracy', isNumeric: true },
      cell: ({ result }) => formatPercent(result.accuracy, 2),
    },
    {
      ...{ id: 'time', header: 'Time', isNumeric: true },
      cell: (one) => {
        const seconds = secondsOf(one);
        return seconds === null ? '–' : formatSeconds(seconds);
      },
    },
    { id: 'seed', header: 'Seed', isNumeric: true, cell: ({ result }) => String(result.seed) },
    {
      id: 'network',
      header: 'Network',
      cell: ({ result }) => <span className="nowrap">{networkWords(result.model, result.width)}</span>,
    },
    { id: 'settings', header: 'Not as in the paper', cell: (one) => differenceWords(set, one) },
    {
      id: 'where',
      header: 'Measured',
      cell: ({ where, date }) => (
        <span className="nowrap">
          {where}; {date}
        </span>
      ),
    },
  ];
}

/** "40 epochs, selected every 10 epochs" */
function differenceWords(set: PaperSet, { settings }: Evidence): string {
  return differencesFrom(set, settings)
    .filter((name) => name !== 'network' && name !== 'width')
    .map((name) => settingWords(name, settings))
    .join(', ');
}

/** Shipped results on these pictures that are not trained as in the paper; nothing where there are none. */
export const OtherResults = memo(function OtherResults({ set, known }: { set: PaperSet; known: Known }) {
  if (known.others.length === 0) return null;
  return (
    <Panel
      title="Ours with other settings"
      caption="not in the table above: smaller networks and shorter trainings say nothing about the paper’s numbers"
    >
      <DataTable
        caption="Shipped results with other settings"
        columns={columnsOf(set)}
        rows={known.others}
        rowKey={(_, index) => index}
        maxHeight={360}
        isDense
      />
    </Panel>
  );
});
