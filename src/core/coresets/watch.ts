/** Who is asked in the long sums of a search, and what is told of it. */
import type { Progress, Pulse } from '../pulse.ts';

export interface Watch {
  pulse: Pulse;
  /** @param picked points so far */
  progress: (picked: number) => Progress;
}
