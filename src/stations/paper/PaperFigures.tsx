import { memo, useMemo, useState } from 'react';
import { Segments } from '../../ui/charts/Segments.tsx';
import { FigurePanel } from '../FigurePanel.tsx';
import { PAPER_TABLES, type PaperTable } from '../training/paper/tables.ts';
import { shareFigure, timeFigure } from './figures.ts';
import { radarOf } from './radar.ts';
import { RadarPanel } from './RadarPanel.tsx';
import { PAPER_PICTURES } from './sets.ts';
import { sheetOf, SOURCE_WORDS, SOURCES, type Known, type Source } from './sheet.ts';

const CHOICES = SOURCES.map((value) => ({ value, label: SOURCE_WORDS[value] }));

/** What says most: one's own runs where they are of as many methods as those that ship with the lab. */
function usualSource({ ours, yours }: Known): Source {
  const [shipped, own] = [ours, yours].map((all) => new Set(all.map(({ result }) => result.method)).size);
  if (own > 0 && own >= shipped) return 'yours';
  return shipped > 0 ? 'ours' : 'paper';
}

/** The figures of a set of pictures: Figure 1, and accuracy against share and time. */
export const PaperFigures = memo(function PaperFigures({
  table,
  known,
}: {
  table: PaperTable;
  known: Known;
}) {
  const { set } = table;
  const [wanted, setWanted] = useState<Source | null>(null);
  const source = wanted ?? usualSource(known);
  const main = useMemo(() => {
    const own = PAPER_TABLES.find((one) => one.set === set && one.measures.includes('time')) ?? table;
    return sheetOf(own, known);
  }, [table, set, known]);
  const subject = useMemo(() => ({ set, known, beside: source }), [set, known, source]);
  // Unasked, what cannot be drawn yet gives way to the paper's own.
  const sides = useMemo(
    () => wanted ?? (radarOf(main, source).rows.length > 0 ? source : 'paper'),
    [wanted, main, source],
  );
  const share = useMemo(() => shareFigure(subject), [subject]);
  const time = useMemo(() => timeFigure(subject), [subject]);
  const { title } = PAPER_PICTURES[set];
  const seeds = 'bars one standard deviation';
  const beside = source === 'paper' ? seeds : `the paper’s lines dashed and faint, ${seeds}`;
  return (
    <>
      <div className="paper-choice">
        <span className="field-label">Figures of</span>
        <Segments label="Figures of" value={source} options={CHOICES} onChange={setWanted} />
      </div>
      {/* Figures follow one after the other: none shows other pictures under its title meanwhile. */}
      <div key={set} className="side-by-side">
        <FigurePanel
          name="accuracy-share"
          title="Accuracy against share"
          caption={`${title}, ${beside}`}
          figure={share}
        />
        <FigurePanel
          name="accuracy-time"
          title="Accuracy against time"
          caption={`${title}, ${beside}`}
          figure={time}
        >
          <p className="field-hint">
            Time is drawn as a share of full training’s on the same machine; what has no full training beside
            it is left out.
          </p>
        </FigurePanel>
      </div>
      <RadarPanel sheet={main} source={sides} />
    </>
  );
});
