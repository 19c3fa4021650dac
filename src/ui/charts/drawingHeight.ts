/** How tall a drawing may be for its width, in pixels. */
interface HeightRule {
  least: number;
  most: number;
  /** Height for a width, where neither bound stops it. */
  share: number;
}

/** Of a low window a drawing takes this much at most, so that its title and what belongs to it stand beside it. */
const WINDOW_SHARE = 0.6;

/** The height of a drawing of its own; it follows the width, and does not outgrow a low window. */
export function drawingHeight(width: number, { least, most, share }: HeightRule): number {
  const room = Math.min(most, WINDOW_SHARE * window.innerHeight);
  return Math.round(Math.max(least, Math.min(room, width * share)));
}
