import { formatCount, formatPlural } from '../../ui/format.ts';

export interface RangeLimits {
  /** What is listed, for the messages: "β", "a split". */
  name: string;
  min: number;
  max: number;
  /** Most values in the list. */
  count: number;
  /** Whole numbers, or any. */
  whole: boolean;
}

export type ParsedRange = { ok: true; values: number[] } | { ok: false; message: string };

const PART = /^(\d+)(?:\s*(?:\.\.\.?|…|–|-|to)\s*(\d+)(?:\s*(?:step|by|:)\s*(\d+))?)?$/i;

/** "8..20", "8..20 step 4", "5, 8, 13", or any of these in a list: ascending values without repetition. */
export function parseRange(text: string, limits: RangeLimits): ParsedRange {
  const parts = text
    .split(/[,;\n]+/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const { name, min, max } = limits;
  if (max < min) return fail(`There is no value of ${name} yet: first say what should be predicted.`);
  return limits.whole ? parseWhole(parts, limits) : parseNumbers(parts, limits);
}

/** Numbers with decimals, one by one: between two of them there are too many for a range. */
function parseNumbers(parts: readonly string[], { name, min, max, count }: RangeLimits): ParsedRange {
  if (parts.length === 0) return fail('Enter at least one value, such as 0.001.');
  const values = new Set<number>();
  for (const part of parts) {
    if (!/^(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(part)) {
      return fail(`“${clip(part)}” is not a number: write 0.001, 0.003, 0.01.`);
    }
    const value = Number(part);
    if (!(value >= min && value <= max)) {
      return fail(`${clip(part)} is out of range: ${name} goes from ${min} to ${max}.`);
    }
    values.add(value);
  }
  if (values.size > count) return fail(`That is more than ${formatPlural(count, 'value')}.`);
  return { ok: true, values: [...values].sort((a, b) => a - b) };
}

function parseWhole(parts: readonly string[], { name, min, max, count }: RangeLimits): ParsedRange {
  if (parts.length === 0)
    return fail(`Enter at least one value, such as ${min}, or a range such as ${min}..${max}.`);
  const values = new Set<number>();
  for (const part of parts) {
    const match = PART.exec(part);
    if (match === null) {
      return fail(
        `“${clip(part)}” is neither a whole number nor a range: write 8..20, 8..20 step 4, or 5, 8, 13.`,
      );
    }
    const first = Number(match[1]);
    const last = match[2] === undefined ? first : Number(match[2]);
    const step = match[3] === undefined ? 1 : Number(match[3]);
    if (step < 1) return fail(`The step in “${clip(part)}” must be at least 1.`);
    if (last < first) return fail(`“${clip(part)}” runs backwards: write ${last}..${first}.`);
    if (first < min || last > max) {
      const wrong = first < min ? first : last;
      return fail(
        `${formatCount(wrong)} is out of range: ${name} goes from ${formatCount(min)} to ${formatCount(max)}.`,
      );
    }
    for (let value = first; value <= last; value += step) {
      values.add(value);
      if (values.size > count)
        return fail(`That is more than ${formatPlural(count, 'value')}: use a larger step.`);
    }
  }
  return { ok: true, values: [...values].sort((a, b) => a - b) };
}

/** The shortest text that parseRange reads as these ascending values. */
export function formatRange(values: readonly number[], whole = true): string {
  if (!whole) return values.join(', ');
  const parts: string[] = [];
  let start = 0;
  while (start < values.length) {
    let end = start + 1;
    const step = values[end] - values[start];
    while (end + 1 < values.length && values[end + 1] - values[end] === step) end++;
    if (end < values.length && end - start >= 2) {
      parts.push(`${values[start]}..${values[end]}${step === 1 ? '' : ` step ${step}`}`);
      start = end + 1;
    } else {
      parts.push(String(values[start]));
      start++;
    }
  }
  return parts.join(', ');
}

function fail(message: string): ParsedRange {
  return { ok: false, message };
}

function clip(text: string): string {
  return text.length > 24 ? `${text.slice(0, 23)}…` : text;
}
