import { useId, useMemo } from 'react';
import type { PictureWalk, WalkSearch } from '../../../contracts/pictureWalk.ts';
import { thin } from '../../../ui/charts/thinning.ts';
import { formatBytes, formatCount, formatPercent, formatPlural } from '../../../ui/format.ts';
import { bitsWithoutGain, lastPrefix, partsAt, sizesBy, type SizeParts } from './walkSteps.ts';

interface SizeMeterProps {
  walk: Pick<PictureWalk, 'bits' | 'search' | 'rawBytes'>;
  /** Bits that are added to the constant ones. */
  added: number;
}

type Objective = WalkSearch['objective'];

const OBJECTIVES: readonly { name: Objective; label: string }[] = [
  { name: 'true', label: 'True size' },
  { name: 'equation1', label: 'Equation 1' },
];

const PARTS: readonly { name: keyof SizeParts; className: string; label: string }[] = [
  { name: 'base', className: 'search-part-base', label: 'bases' },
  { name: 'ids', className: 'search-part-id', label: 'base IDs' },
  { name: 'deviation', className: 'search-part-deviation', label: 'deviations' },
];

/** The size of a class with so many bits in its base, by what it is made of, and the way there. */
export function SizeMeter({ walk, added }: SizeMeterProps) {
  const { search, bits, rawBytes } = walk;
  const largest = useMemo(
    () => [...search.trueBits, ...search.equation1Bits].reduce((most, size) => Math.max(most, size), 1),
    [search],
  );
  const waited = bitsWithoutGain(search, added);
  return (
    <div className="search-meter keeps-colour">
      <dl className="search-counts">
        <div>
          <dt>Bits added</dt>
          <dd className="role-base">{formatCount(added)}</dd>
        </div>
        <div>
          <dt>Bases</dt>
          <dd>{formatCount(search.baseCounts[added])}</dd>
        </div>
        <div>
          <dt>Bits without gain</dt>
          <dd>
            {formatCount(waited)} <small>of τ = {formatCount(search.tau)}</small>
          </dd>
        </div>
      </dl>
      {OBJECTIVES.map(({ name, label }) => {
        const size = sizesBy(search, name)[added];
        const parts = partsAt(search, bits.trainRecords, added, name);
        return (
          <div key={name} className="search-row">
            <p>
              {label}
              {name === search.objective && <small> (what the search minimises)</small>}
              <b>{formatBytes(size / 8)}</b>
              <small>{formatPercent(size / 8 / Math.max(1, rawBytes))} of the pixels</small>
            </p>
            <div className="search-bar" role="img" aria-label={`${label}: ${partsInWords(parts)}`}>
              {PARTS.map((part) => (
                <i
                  key={part.name}
                  className={part.className}
                  style={{ width: `${(100 * parts[part.name]) / largest}%` }}
                />
              ))}
            </div>
          </div>
        );
      })}
      <ul className="search-keys" aria-label="Legend of the size">
        {PARTS.map((part) => (
          <li key={part.name}>
            <i className={part.className} />
            {part.label}
          </li>
        ))}
      </ul>
      <SizeCurve search={search} added={added} largest={largest} />
    </div>
  );
}

function partsInWords(parts: SizeParts): string {
  return PARTS.map(({ name, label }) => `${label} ${formatBytes(parts[name] / 8)}`).join(', ');
}

const WIDTH = 320;
const HEIGHT = 96;
const MARGIN = 6;
/** Points of a line at most. */
const MOST_POINTS = 300;

function heightOf(size: number, largest: number): number {
  return HEIGHT - MARGIN - (size / largest) * (HEIGHT - 2 * MARGIN);
}

function placeOf(added: number, last: number): number {
  return MARGIN + (added / Math.max(1, last)) * (WIDTH - 2 * MARGIN);
}

function pathOf(sizes: Float64Array, largest: number): string {
  const points = Array.from(sizes, (y, x) => ({ x, y }));
  return thin(points, MOST_POINTS, 'linear')
    .map(({ x, y }, k) => {
      const place = placeOf(x, sizes.length - 1).toFixed(1);
      return `${k === 0 ? 'M' : 'L'}${place} ${heightOf(y, largest).toFixed(1)}`;
    })
    .join('');
}

/** Both sizes against the bits added, up to where the walk is; a mark where the size is least. */
function SizeCurve({ search, added, largest }: { search: WalkSearch; added: number; largest: number }) {
  const clip = useId();
  const last = lastPrefix(search);
  const x = (k: number): number => placeOf(k, last);
  const real = useMemo(() => pathOf(search.trueBits, largest), [search, largest]);
  const paper = useMemo(() => pathOf(search.equation1Bits, largest), [search, largest]);
  const { chosen, objective } = search;
  const isPast = added >= chosen;
  const size = sizesBy(search, objective);
  return (
    <figure className="search-curve">
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={`Size against bits added, up to ${formatPlural(added, 'bit')} of ${formatCount(last)} tried${
          isPast ? `; least at ${formatPlural(chosen, 'bit')}` : ''
        }`}
      >
        <clipPath id={clip}>
          <rect width={x(added) + 1} height={HEIGHT} />
        </clipPath>
        <path className="search-axis" d={`M${MARGIN} ${HEIGHT - MARGIN}H${WIDTH - MARGIN}`} />
        <g clipPath={`url(#${clip})`}>
          <path className="search-line search-line-paper" d={paper} />
          <path className="search-line" d={real} />
        </g>
        {isPast && <path className="search-least" d={`M${x(chosen)} ${MARGIN}V${HEIGHT - MARGIN}`} />}
        <circle className="search-dot" cx={x(added)} cy={heightOf(size[added], largest)} r="4" />
      </svg>
      <figcaption>
        <span className="search-swatch" /> true size <span className="search-swatch search-swatch-paper" />{' '}
        Equation 1<span className="search-curve-axis">bits added: 0 to {formatCount(last)}</span>
      </figcaption>
    </figure>
  );
}
