/** The small table that is taken apart at first: made up, so that a search can be followed by hand. */
import { csvText } from '../../../platform/csvText.ts';

export const TOY_COLUMNS = ['speed', 'temperature', 'power'] as const;
export const TOY_TARGET: string = TOY_COLUMNS[2];

/** Cells as they are typed. */
export type ToyCells = readonly (readonly string[])[];

/**
 * Readings of a machine that idles, runs at half speed or at full speed. The states give bits that go together, and a
 * search that has to look past a bump; what is left are low bits that no two columns share.
 */
export const TOY: ToyCells = [
  ['3', '21', '13'],
  ['33', '37', '44'],
  ['3', '20', '13'],
  ['0', '21', '10'],
  ['63', '52', '59'],
  ['3', '23', '13'],
  ['32', '39', '42'],
  ['0', '22', '10'],
  ['62', '55', '58'],
  ['1', '20', '12'],
  ['32', '38', '45'],
  ['2', '22', '11'],
];

export const TOY_BETA = 3;
export const TOY_TAU = 3;

export function toyCsv(cells: ToyCells): string {
  return csvText([TOY_COLUMNS, ...cells]);
}
