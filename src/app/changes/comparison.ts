/** Pinned experiments and the present one as one table: what they come to, and the settings that differ. */
import type { Numbers, SettingsShot } from '../../stations/lab/changes.ts';
import { valueWords } from '../../stations/settings/words.ts';
import { MEASURES, type Measure } from './measures.ts';
import { differencesOf } from './shots.ts';

/** One experiment of the comparison. */
export interface Compared {
  name: string;
  shot: SettingsShot;
  numbers: Numbers;
}

export interface ComparedCell {
  text: string;
  /** Against the present one: "+12 %" of a number, or null where there is nothing to say. */
  difference: string | null;
  /** Whether it is better or worse than the present one; null where neither is. */
  verdict: 'better' | 'worse' | null;
  /** Whether the setting is another one than now. */
  isOther: boolean;
}

export interface ComparedRow {
  label: string;
  isSetting: boolean;
  /** The present one first, then the pins in their order. */
  cells: ComparedCell[];
}

/** Most experiments that are pinned: a table has room for so many beside the present one. */
export const MOST_PINS = 4;
const NOTHING = '–';
/** Numbers that differ by less are said to be the same. */
const SAME = 5e-4;

/** @param present the first column; the others are compared with it */
export function comparisonOf(present: Compared, pins: readonly Compared[]): ComparedRow[] {
  const all = [present, ...pins];
  const measures = MEASURES.filter((measure) => all.some(({ shot }) => shot.kind === measure.kind)).map(
    (measure) => ({
      label: measure.label,
      isSetting: false,
      cells: all.map(({ numbers }) => numberCell(measure, numbers, present.numbers)),
    }),
  );
  return [...measures, ...settingRows(present, pins)];
}

function numberCell(measure: Measure, numbers: Numbers, present: Numbers): ComparedCell {
  const { name, format, better } = measure;
  if (!(name in numbers)) return { text: NOTHING, difference: null, verdict: null, isOther: false };
  const value = numbers[name];
  const now = name in present ? present[name] : null;
  const share = now === null || now === 0 ? null : value / now - 1;
  if (share === null || Math.abs(share) < SAME || numbers === present)
    return { text: format(value), difference: null, verdict: null, isOther: false };
  const isLess = share < 0;
  return {
    text: format(value),
    difference: differenceText(share),
    verdict: better === null ? null : isLess === (better === 'less') ? 'better' : 'worse',
    isOther: false,
  };
}

/** "+12 %", "−3.4 %", "× 15" */
function differenceText(share: number): string {
  if (share >= 9) return `× ${Math.round(share + 1)}`;
  const percent = Math.abs(share) * 100;
  return `${share < 0 ? '−' : '+'}${percent.toFixed(percent < 10 ? 1 : 0)}\u202f%`;
}

/** Every setting in which one of them differs from the present one, with the values of all. */
function settingRows(present: Compared, pins: readonly Compared[]): ComparedRow[] {
  const settings = new Map(
    pins.flatMap(({ shot }) => differencesOf(present.shot, shot).map((one) => [one.key, one] as const)),
  );
  return [...settings.values()].map(({ key, setting, was }) => {
    const say = (value: unknown) => valueWords(setting, value) ?? (value === was ? 'as now' : 'others');
    const cells = pins.map(({ shot }): ComparedCell => {
      if (shot.kind !== present.shot.kind)
        return { text: NOTHING, difference: null, verdict: null, isOther: false };
      const own = differencesOf(present.shot, shot).find((one) => one.key === key);
      return {
        text: say(own === undefined ? was : own.is),
        difference: null,
        verdict: null,
        isOther: own !== undefined,
      };
    });
    return {
      label: capitalised(setting.noun),
      isSetting: true,
      cells: [{ text: say(was), difference: null, verdict: null, isOther: false }, ...cells],
    };
  });
}

function capitalised(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The comparison as lines of cells, the header first. */
export function comparisonLines(names: readonly string[], rows: readonly ComparedRow[]): string[][] {
  return [['', ...names], ...rows.map(({ label, cells }) => [label, ...cells.map(({ text }) => text)])];
}
