import type { WalkReport } from '../../../contracts/walk.ts';
import { formatCount, formatPercent } from '../../../ui/format.ts';
import { failuresAfter, type TableScene } from './scenes.ts';

interface SizeMeterProps {
  report: WalkReport;
  scene: TableScene;
  tau: number;
}

/** More steps than these are counted in words alone. */
const MOST_LAMPS = 16;
/** Points of the line; of a longer search some are left out. */
const MOST_POINTS = 400;
const WIDTH = 260;
const HEIGHT = 70;

/** What the archive takes by now: truly, and by Equation 1; the sizes so far as a line; and how far τ has run. */
export function SizeMeter({ report, scene, tau }: SizeMeterProps) {
  const { search, records, recordBits } = report;
  if (search === null) return null;
  const { trace, trueBits, equation1Bits } = search;
  const isAfter = scene.kind === 'chosen' || scene.kind === 'merge' || scene.kind === 'stored';
  if (scene.kind !== 'search' && !isAfter) return null;
  const added = scene.kind === 'search' ? scene.added : trace.chosen;
  const before = records * recordBits;
  const share = trueBits[added] / before;
  const fails = scene.kind === 'search' ? failuresAfter(report, added) : 0;
  return (
    <div className="walk-meter">
      <div className="walk-gauge" aria-hidden="true">
        <span style={{ transform: `scaleX(${Math.min(1, share)})` }} />
      </div>
      <dl>
        <dt>Size</dt>
        <dd>
          <b>{formatCount(trueBits[added])} bits</b>, {formatPercent(share)} of {formatCount(before)}
        </dd>
        <dt>by Equation 1</dt>
        <dd>{formatCount(equation1Bits[added])} bits: constant bits count once per base</dd>
      </dl>
      <SizeLine report={report} added={added} isWhole={isAfter} />
      {scene.kind === 'search' && (
        <p className="walk-tau">
          {tau <= MOST_LAMPS && (
            <span className="walk-lamps" aria-hidden="true">
              {Array.from({ length: tau }, (_, k) => (
                <span key={k} data-lit={k < fails || undefined} />
              ))}
            </span>
          )}
          {formatCount(fails)} of τ = {formatCount(tau)} steps without gain
        </p>
      )}
    </div>
  );
}

/** Sizes against bits added, as far as the search has come. */
function SizeLine({ report, added, isWhole }: { report: WalkReport; added: number; isWhole: boolean }) {
  const sizes = report.search?.trace.size ?? new Float64Array(0);
  const last = Math.max(1, sizes.length - 1);
  const most = sizes.reduce((largest, size) => Math.max(largest, size), 1);
  const stride = Math.ceil(sizes.length / MOST_POINTS);
  const x = (k: number): number => 4 + (k / last) * (WIDTH - 8);
  const y = (k: number): number => HEIGHT - 4 - (sizes[k] / most) * (HEIGHT - 12);
  const line = (to: number): string => {
    const points: number[] = [];
    for (let k = 0; k < to; k += stride) points.push(k);
    return [...points, to]
      .map((k, n) => `${n === 0 ? 'M' : 'L'}${x(k).toFixed(1)} ${y(k).toFixed(1)}`)
      .join('');
  };
  return (
    <svg
      className="walk-line"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label="Size after every bit added"
    >
      <path className="walk-line-ground" d={`M4 ${HEIGHT - 4}H${WIDTH - 4}`} />
      <path d={line(isWhole ? sizes.length - 1 : added)} />
      <circle cx={x(added)} cy={y(added)} r={4} />
    </svg>
  );
}
