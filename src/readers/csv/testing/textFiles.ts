/** Files in memory for tests of readers, given out in pieces of any size. */
import { LabError } from '../../../core/errors.ts';
import type { ReadingOptions, TableFile, TableReading } from '../../tableReading.ts';
import { cellText, type Table } from '../../../core/table/table.ts';
import { readCsv } from '../readCsv.ts';

const utf8 = new TextEncoder();

/**
 * Like a file on disk it can be opened again; it counts how often it was.
 *
 * @param cuts places between pieces, ascending
 */
export function fileOf(
  content: string | Uint8Array,
  cuts: readonly number[] = [],
): TableFile & { opened: number } {
  const bytes = typeof content === 'string' ? utf8.encode(content) : content;
  const file = {
    name: 'test.csv',
    bytes: bytes.length,
    opened: 0,
    open: () => {
      file.opened++;
      return Promise.resolve(
        (async function* () {
          let from = 0;
          for (const to of [...cuts, bytes.length]) {
            if (to > from || to === 0) yield bytes.subarray(from, to);
            from = Math.max(from, to);
          }
        })(),
      );
    },
  };
  return file;
}

/** Cuts behind every byte. */
export const everywhere = (length: number): number[] => Array.from({ length }, (_, at) => at);

export const read = (
  content: string | Uint8Array,
  options: ReadingOptions = {},
  cuts: readonly number[] = [],
): Promise<TableReading> => readCsv(fileOf(content, cuts), options);

/** The code with which a text is refused, with what it says; "taken" when it is read. */
export async function refusal(
  content: string | Uint8Array,
  options: ReadingOptions = {},
): Promise<{ code: string; what: string }> {
  try {
    await read(content, options);
  } catch (thrown) {
    if (thrown instanceof LabError) return { code: thrown.code, what: thrown.message };
    throw thrown;
  }
  return { code: 'taken', what: '' };
}

/** Cells by column: numbers as numbers, texts and times as they are spelt, missing ones as null. */
export function cells({ columns, rows }: Table): Record<string, (number | string | null)[]> {
  return Object.fromEntries(
    columns.map((column) => [
      column.name,
      Array.from({ length: rows }, (_, row) => {
        const text = cellText(column, row);
        const spelt = text === null || column.kind === 'text' || column.time !== undefined;
        return spelt ? text : column.values[row];
      }),
    ]),
  );
}

export const tableFrom = async (
  content: string | Uint8Array,
  options: ReadingOptions = {},
): Promise<ReturnType<typeof cells>> => cells((await read(content, options)).table);

/** Codes of the notices, with the column of each that is about one. */
export async function noticesOf(
  content: string | Uint8Array,
  options: ReadingOptions = {},
): Promise<string[]> {
  const { notices } = await read(content, options);
  return notices.map(({ code, column }) => (column === null ? code : `${code}: ${column}`));
}
