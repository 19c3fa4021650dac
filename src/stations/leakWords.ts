/** What is said of features from which the target can be read off. */
import type { Leak } from '../contracts/codec.ts';

/** "casual + registered give cnt exactly: with them in, nothing is left to predict." */
export function leakWords({ columns, r2, isExact, how }: Leak, target: string): string {
  const isOne = columns.length === 1;
  const names = columns.join(' + ');
  const rest = `with ${isOne ? 'it' : 'them'} in, nothing is left to predict.`;
  if (how === 'classes') return `${names} alone tells the classes of ${target} apart: ${rest}`;
  if (how === 'order') return `${names} puts the records in the same order as ${target}: ${rest}`;
  const gives = `${names} ${isOne ? 'gives' : 'give'} ${target}`;
  // Never more nines than are true.
  const share = (Math.floor(r2 * 1e5) / 1e5).toFixed(5);
  return isExact
    ? `${gives} exactly: ${rest}`
    : `${gives} nearly exactly (R² ${share} on test records): ${rest}`;
}
