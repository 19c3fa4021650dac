import type { SizeCount, SizeRule } from '../../../contracts/images.ts';
import { sizeWords } from '../../../ui/pictures/words.ts';
import { keptPart, sameSize } from './sizes.ts';

/** Sizes whose treatment is drawn. */
const MOST_DRAWN = 5;
/** Longest side of what is drawn, in CSS pixels. */
const SIDE = 84;

interface Size {
  width: number;
  height: number;
}

interface SizeEffectsProps {
  sizes: readonly SizeCount[];
  size: Size;
  rule: SizeRule;
}

/** What the rule does to the most common other sizes, on a test pattern: a disc shows what is stretched or cut. */
export function SizeEffects({ sizes, size, rule }: SizeEffectsProps) {
  const others = sizes.filter((one) => !sameSize(one, size)).slice(0, MOST_DRAWN);
  if (others.length === 0) return null;
  const longest = Math.max(
    size.width,
    size.height,
    ...others.flatMap(({ width, height }) => [width, height]),
  );
  return (
    <ul className="size-effects" aria-label={`What becomes of other sizes at ${sizeWords(size)}`}>
      {others.map((from) => {
        const part = keptPart(from, size, rule);
        return (
          <li key={sizeWords(from)}>
            <span className="size-effect keeps-colour" aria-hidden="true">
              <Pattern of={from} part={{ x: 0, y: 0, ...from }} to={from} longest={longest} cut={part} />
              <span className="size-arrow">→</span>
              {part === null ? (
                <span className="soft small">left out</span>
              ) : (
                <Pattern of={from} part={part} to={size} longest={longest} cut={null} />
              )}
            </span>
            <span className="size-effect-words">
              {sizeWords(from)} → {part === null ? 'left out' : sizeWords(size)}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

interface PatternProps {
  /** Size of the picture that the pattern stands for, the part of it that is shown, and the size it is shown at. */
  of: Size;
  part: Size & { x: number; y: number };
  to: Size;
  longest: number;
  /** The part that will be kept, outlined. */
  cut: (Size & { x: number; y: number }) | null;
}

function Pattern({ of, part, to, longest, cut }: PatternProps) {
  const scale = SIDE / longest;
  const radius = Math.min(of.width, of.height) * 0.38;
  const isWhole = cut === null || (cut.width === of.width && cut.height === of.height);
  return (
    <svg
      className="size-pattern"
      width={Math.max(6, to.width * scale)}
      height={Math.max(6, to.height * scale)}
      viewBox={`${part.x} ${part.y} ${part.width} ${part.height}`}
      preserveAspectRatio="none"
    >
      <rect className="size-ground" width={of.width} height={of.height} />
      <circle className="size-disc" cx={of.width / 2} cy={of.height / 2} r={radius} />
      <path className="size-cross" d={`M0 0L${of.width} ${of.height}M${of.width} 0L0 ${of.height}`} />
      {!isWhole && cut !== null && (
        <rect className="size-cut" x={cut.x} y={cut.y} width={cut.width} height={cut.height} />
      )}
    </svg>
  );
}
