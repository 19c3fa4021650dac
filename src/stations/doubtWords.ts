/** What is said where a model can be made but is worth little, before it is trained and after. */
import type { Doubt } from '../contracts/codec.ts';
import { formatCount } from '../ui/format.ts';
import { className } from './className.ts';

/** Classes that are named; there may be many. */
const MOST_NAMED = 3;

/** What there is to doubt, and what can be done about it. */
export function doubtWords(doubt: Doubt): { what: string; todo: string } {
  if (doubt.kind === 'wide') {
    return {
      what: `There are fewer training records than coefficients: ${formatCount(doubt.records)} for ${formatCount(doubt.coefficients)}.`,
      todo: 'Full training fits all of them exactly, whatever the target: use fewer features or more records.',
    };
  }
  const classes = doubt.classes.slice(0, MOST_NAMED).map(className).join(' or ');
  return doubt.kind === 'untaught'
    ? {
        what: `No training record is ${classes}, so no model learns what such records look like.`,
        todo: 'Draw another split, or keep a smaller share for the test.',
      }
    : {
        what: `No test record is ${classes}, so nothing says how well such records are found.`,
        todo: 'Draw another split, or keep a larger share for the test.',
      };
}
