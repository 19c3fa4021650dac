import type { ScatterCloud, ScatterLines, ScatterSamples } from '../../contracts/scatter.ts';
import { LineSwatch } from '../../ui/charts/LineSwatch.tsx';
import { formatCount, formatPlural } from '../../ui/format.ts';

interface LegendProps {
  cloud: ScatterCloud;
  samples: ScatterSamples | null;
  lines: ScatterLines | null;
  hasCells: boolean;
}

/** How the models' lines look: by colour and by dashes. */
const LINE_LOOKS = {
  full: { colour: 'var(--full)', stroke: 'dashed' },
  condensed: { colour: 'var(--analytics)', stroke: 'solid' },
  random: { colour: 'var(--random)', stroke: 'dashed' },
} as const;

/** What the colours and marks of the picture mean, and how many there are of each. */
export function Legend({ cloud, samples, lines, hasCells }: LegendProps) {
  const random = samples?.random ?? null;
  return (
    <ul className="chart-keys" aria-label="Legend">
      <li>
        <Mark className="condensing-record" radius={2} />
        {formatPlural(cloud.placed, 'training record')}
        {drawnOf(cloud.x.length, cloud.placed)}
      </li>
      {samples !== null && (
        <li>
          <Mark className="condensing-sample" radius={4.2} />
          {formatPlural(samples.placed, 'condensed sample')}, area = weight
          {drawnOf(samples.x.length, samples.placed)}
        </li>
      )}
      {random !== null && samples !== null && (
        <li>
          <Mark className="condensing-random" radius={2.4} />
          {formatPlural(samples.count, 'random record')}
          {drawnOf(random.x.length, samples.count)}
        </li>
      )}
      {hasCells && (
        <li>
          <svg
            className="chart-swatch keeps-colour"
            viewBox="0 0 26 10"
            width="26"
            height="10"
            aria-hidden="true"
          >
            <path className="condensing-cell" d="M4 5h18M13 0v10" />
          </svg>
          cells
        </li>
      )}
      {lines !== null && (
        <>
          <li>
            <LineSwatch look={LINE_LOOKS.full} />
            full training
          </li>
          <li>
            <LineSwatch look={LINE_LOOKS.condensed} />
            condensed training
          </li>
          {lines.random !== null && (
            <li>
              <LineSwatch look={LINE_LOOKS.random} />
              training on the random records
            </li>
          )}
        </>
      )}
    </ul>
  );
}

function drawnOf(drawn: number, all: number): string {
  return drawn < all ? `, ${formatCount(drawn)} of them drawn` : '';
}

function Mark({ className, radius }: { className: string; radius: number }) {
  return (
    <svg className="chart-swatch keeps-colour" viewBox="0 0 12 10" width="12" height="10" aria-hidden="true">
      <circle className={className} cx="6" cy="5" r={radius} />
    </svg>
  );
}
