import { useId, useMemo } from 'react';
import type { SearchSteps } from '../../contracts/walk.ts';
import { thin } from '../../ui/charts/thinning.ts';
import { formatCount, formatPercent, formatPlural } from '../../ui/format.ts';
import { bitsWithoutGain, lastPrefix, partsAt, sizesBy, type SizeParts } from './searchSteps.ts';
import './sizeMeter.css';

interface SizeMeterProps {
  search: SearchSteps;
  /** Bits that are in the base besides the constant ones. */
  added: number;
  /** Whether the search is still on its way; once it is over, all of it is drawn, and τ has run out. */
  isSearching: boolean;
  /** A size in bits in words: "120 bits". */
  format: (bits: number) => string;
  /** Bits that sizes are a share of, and what they are: "the pixels". */
  whole: { bits: number; name: string };
}

type Objective = SearchSteps['objective'];

const OBJECTIVES: readonly { name: Objective; label: string }[] = [
  { name: 'true', label: 'True size' },
  { name: 'equation1', label: 'Equation 1' },
];

const PARTS: readonly { name: keyof SizeParts; className: string; label: string }[] = [
  { name: 'base', className: 'size-part-base', label: 'bases' },
  { name: 'ids', className: 'size-part-id', label: 'base IDs' },
  { name: 'deviation', className: 'size-part-deviation', label: 'deviations' },
];

/** More steps than these are counted in words alone. */
const MOST_LAMPS = 16;

/** What an archive takes with so many bits in its base, by what it is made of, the way there, and how far τ has run. */
export function SizeMeter({ search, added, isSearching, format, whole }: SizeMeterProps) {
  const largest = useMemo(
    () => Math.max(...OBJECTIVES.map(({ name }) => largestOf(sizesBy(search, name))), 1),
    [search],
  );
  return (
    <div className="size-meter keeps-colour">
      {OBJECTIVES.map(({ name, label }) => {
        const size = sizesBy(search, name)[added];
        const parts = partsAt(search, added, name);
        return (
          <div key={name} className="size-row">
            <p>
              <span>
                <i className={`size-swatch size-swatch-${name}`} aria-hidden="true" />
                {label}
                {name === search.objective && <small>, minimised</small>}
              </span>
              <span>
                <b>{format(size)}</b>
                <small>, {formatPercent(size / Math.max(1, whole.bits))}</small>
              </span>
            </p>
            <div className="size-bar" role="img" aria-label={`${label}: ${partsInWords(parts, format)}`}>
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
      <ul className="size-keys" aria-label="Legend of the size">
        {PARTS.map((part) => (
          <li key={part.name}>
            <i className={part.className} />
            {part.label}
          </li>
        ))}
        <li>% of {whole.name}</li>
      </ul>
      <SizeCurve search={search} added={added} isWhole={!isSearching} largest={largest} format={format} />
      {isSearching && <Plateau search={search} added={added} />}
    </div>
  );
}

/** The largest of them; there may be more than a call takes arguments. */
function largestOf(sizes: Float64Array): number {
  return sizes.reduce((most, size) => Math.max(most, size), 0);
}

function partsInWords(parts: SizeParts, format: (bits: number) => string): string {
  return PARTS.map(({ name, label }) => `${label} ${format(parts[name])}`).join(', ');
}

/** How many bits in a row brought no gain, as lamps that go on one by one. */
function Plateau({ search, added }: Pick<SizeMeterProps, 'search' | 'added'>) {
  const { tau } = search;
  const waited = bitsWithoutGain(search, added);
  return (
    <p className="size-plateau">
      {tau <= MOST_LAMPS && (
        <span className="size-lamps" aria-hidden="true">
          {Array.from({ length: tau }, (_, k) => (
            <span key={k} data-lit={k < waited || undefined} />
          ))}
        </span>
      )}
      {formatCount(waited)} of τ = {formatCount(tau)} bits in a row without gain
    </p>
  );
}

const WIDTH = 300;
const HEIGHT = 80;
const MARGIN = 5;
/** Points of a line at most. */
const MOST_POINTS = 300;

function heightOf(size: number, largest: number): number {
  return HEIGHT - (size / largest) * (HEIGHT - MARGIN);
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

interface SizeCurveProps extends Pick<SizeMeterProps, 'search' | 'added' | 'format'> {
  isWhole: boolean;
  largest: number;
}

/** Both sizes against the bits added, as far as the search is; a mark where the size is least. */
function SizeCurve({ search, added, isWhole, largest, format }: SizeCurveProps) {
  const clip = useId();
  const last = lastPrefix(search);
  const x = (k: number): number => placeOf(k, last);
  const stored = useMemo(() => pathOf(search.trueBits, largest), [search, largest]);
  const paper = useMemo(() => pathOf(search.equation1Bits, largest), [search, largest]);
  const { chosen } = search;
  const isPast = isWhole || added >= chosen;
  const least = isPast ? `; least at ${formatPlural(chosen, 'bit')}` : '';
  return (
    <figure className="size-curve">
      <p className="size-curve-up" aria-hidden="true">
        <span>{format(largest)}</span>
        <span>0</span>
      </p>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={`Size against bits added, up to ${formatPlural(isWhole ? last : added, 'bit')} of ${formatCount(last)} tried${least}`}
      >
        <clipPath id={clip}>
          <rect width={isWhole ? WIDTH : x(added) + 1} height={HEIGHT} />
        </clipPath>
        <path className="size-axis" d={`M${MARGIN} 0V${HEIGHT}H${WIDTH - MARGIN}`} />
        <g clipPath={`url(#${clip})`}>
          <path className="size-line size-line-equation1" d={paper} />
          <path className="size-line" d={stored} />
        </g>
        {isPast && <path className="size-least" d={`M${x(chosen)} ${MARGIN}V${HEIGHT}`} />}
        <circle className="size-dot" cx={x(added)} cy={heightOf(sizesBy(search)[added], largest)} r="4" />
      </svg>
      <p className="size-curve-across" aria-hidden="true">
        <span>0</span>
        <span>bits added to the base</span>
        <span>{formatCount(last)}</span>
      </p>
    </figure>
  );
}
