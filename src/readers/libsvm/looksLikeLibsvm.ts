/** Whether text is LIBSVM, told from its first lines: what else is written with colons and spaces is not. */

const LABELS = /^[+-]?[\d.][\d.eE+-]*(?:,[+-]?[\d.][\d.eE+-]*)*$/;
/** The values are numbers, or what C writes for none. */
const PAIR = /^\d+:[+-]?(?:[\d.][\d.eE+-]*|nan|inf|infinity)$/i;
/** A pair by its index, whatever its value. */
const NEARLY_PAIR = /^\d+:\S*$/;
const CLOCK = /^(?:1?\d|2[0-3]):[0-5]\d$/;
/** "08:15", "8:05": digits of a clock, which no writer of numbers puts there. */
const LEADING_ZERO = /(?:^|:)[+-]?0\d/;
/** Pairs a line from which on they are hardly anything but LIBSVM. */
const TELLING_PAIRS = 3;

interface Line {
  isLabelled: boolean;
  pairs: string[];
}

/** Takes a line apart; null where it is no line of LIBSVM. */
function lineOf(text: string): Line | null {
  const tokens = text.split(/[ \t]+/);
  const isLabelled = LABELS.test(tokens[0]);
  if (isLabelled) tokens.shift();
  if (tokens.length > 0 && /^qid:\d+$/.test(tokens[0])) tokens.shift();
  if (!tokens.every((token) => PAIR.test(token) && !LEADING_ZERO.test(token))) return null;
  return { isLabelled, pairs: tokens };
}

/** Whether a line would be one of LIBSVM but for a value or two. */
function isNearly(text: string): boolean {
  const [label, ...pairs] = text.split(/[ \t]+/);
  return LABELS.test(label) && pairs.every((pair) => NEARLY_PAIR.test(pair) && !LEADING_ZERO.test(pair));
}

const indicesOf = ({ pairs }: Line): number[] =>
  pairs.map((pair) => Number(pair.slice(0, pair.indexOf(':'))));

function ascends(line: Line): boolean {
  const indices = indicesOf(line);
  return indices.every((index, k) => k === 0 || index > indices[k - 1]);
}

/** As many times of the day in every line, at other hours. */
function areClocks(lines: readonly Line[]): boolean {
  const [first] = lines;
  if (
    !lines.every(
      ({ pairs }) => pairs.length === first.pairs.length && pairs.every((pair) => CLOCK.test(pair)),
    )
  )
    return false;
  const hours = indicesOf(first);
  return lines.some((line) => indicesOf(line).some((hour, k) => hour !== hours[k]));
}

/**
 * Whether the first lines of a text are LIBSVM: all have the shape, most have a label or several values, and their
 * indices ascend. Among such lines one that has nearly the shape is a fault, which the reader names.
 */
export function looksLikeLibsvm(head: string): boolean {
  const texts = head.split(/\r\n|\n|\r/);
  // The last line may be cut off, and a single one behind its last whole pair.
  const whole = texts.length > 1 ? texts.slice(0, -1) : [head.replace(/[ \t][^ \t]*$/, '')];
  const lines: Line[] = [];
  let faults = 0;
  for (const text of whole) {
    const content = text.replace(/#.*$/, '').trim();
    if (content === '') continue;
    const line = lineOf(content);
    if (line !== null) lines.push(line);
    else if (isNearly(content)) faults++;
    else return false;
  }
  if (faults > lines.length) return false;
  const pairs = lines.reduce((sum, line) => sum + line.pairs.length, 0);
  if (pairs === 0 || areClocks(lines)) return false;
  // With so many pairs a file whose indices do not ascend is refused as LIBSVM, and told why.
  if (pairs >= TELLING_PAIRS * lines.length) return true;
  const several = lines.filter((line) => line.pairs.length > 1);
  if (2 * several.filter(ascends).length < several.length) return false;
  return 2 * lines.filter(({ isLabelled }) => isLabelled).length >= lines.length;
}
