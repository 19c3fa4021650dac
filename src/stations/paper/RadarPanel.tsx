import { memo, useMemo } from 'react';
import { RadarFigure } from '../../ui/charts/RadarFigure.tsx';
import { DataTable, Disclosure, type TableColumn } from '../../ui/controls/index.ts';
import { SavedPanel } from '../SaveFigure.tsx';
import { PAPER_FRACTION } from '../training/paper/tables.ts';
import { fractionWords } from '../training/words.ts';
import { RADAR_AXES, radarFigure, radarOf, radarRows, type RadarRow } from './radar.ts';
import { PAPER_PICTURES } from './sets.ts';
import { SOURCE_WORDS, type PaperSheet, type Source } from './sheet.ts';
import { labelOf } from './words.ts';

/** The paper's Figure 1, of the paper's numbers or of those measured here, with its numbers in a table. */
export const RadarPanel = memo(function RadarPanel({
  sheet,
  source,
}: {
  /** A table that has the paper's main share. */
  sheet: PaperSheet;
  source: Source;
}) {
  const reading = useMemo(() => radarOf(sheet, source), [sheet, source]);
  const figure = useMemo(() => radarFigure(reading, sheet, source), [reading, sheet, source]);
  const columns = useMemo(
    (): TableColumn<RadarRow>[] => [
      { id: 'method', header: 'Method', isRowHeader: true, cell: ({ method }) => labelOf(method) },
      ...reading.axes.map((axis, k) => ({
        ...{ id: axis, header: axis, isNumeric: true },
        cell: ({ words, scores }: RadarRow) => (
          <>
            {scores[k].toFixed(2)} <span className="soft">of {words[k]}</span>
          </>
        ),
      })),
    ],
    [reading],
  );
  const { title } = PAPER_PICTURES[sheet.table.set];
  return (
    <SavedPanel
      name="radar"
      title="Six sides of a method"
      caption={`${SOURCE_WORDS[source].toLowerCase()}, ${title} at ${fractionWords(PAPER_FRACTION)}; the best of the methods shown at the rim, after the paper’s Figure 1`}
      rows={() => radarRows(reading)}
      isEmpty={reading.rows.length === 0}
      figure={<RadarFigure {...figure} />}
    >
      {reading.left.length > 0 && (
        <p className="field-hint">
          Not drawn, since a number is missing: {reading.left.map(labelOf).join(', ')}.
        </p>
      )}
      {reading.rows.length > 0 && (
        <DataTable
          caption="Scores from 0 to 1, and the numbers behind them"
          columns={columns}
          rows={reading.rows}
          rowKey={({ method }) => method}
          isDense
        />
      )}
      <Disclosure title="What the axes are" open>
        <dl className="paper-axes">
          {reading.axes.map((axis) => (
            <div key={axis}>
              <dt>{axis}</dt>
              <dd>{RADAR_AXES[axis].about}</dd>
            </div>
          ))}
        </dl>
      </Disclosure>
    </SavedPanel>
  );
});
