/** Columns at the end of a text file: what each is by all its cells, read once more where it was stored as another. */
import { LabError } from '../../core/errors.ts';
import type { Column } from '../../core/table/table.ts';
import type { ColumnDecision, TableNotice } from '../tableReading.ts';
import { ColumnReader, storageFor, type Storage } from './columnReader.ts';
import { explain } from './decisions.ts';
import type { Evidence, NumberDialect } from './evidence.ts';
import type { Markers } from './headCells.ts';
import { sayLost, sayStray } from './remarks.ts';
import { strayWords } from './strayWords.ts';

/** All cells of a file as they were looked at once. */
export interface SeenColumns {
  fileName: string;
  rows: number;
  columns: readonly ColumnReader[];
  /** What the first rows said of each: a column that they made text was not looked at any more. */
  known: readonly Evidence[];
  dialect: NumberDialect;
  markers: Markers;
  /** Reads the file again into the columns that are not null; how many rows it had. */
  readAgain: (columns: readonly (ColumnReader | null)[]) => Promise<number>;
}

/** What a column is after all its cells have been seen. */
function settle(column: ColumnReader, dialect: NumberDialect): Storage {
  const { storage, evidence, asked } = column;
  if (storage.kind === 'text' || asked === 'text') return { kind: 'text', style: 0 };
  if (!evidence.seen) return column.hasWordsAlone ? { kind: 'text', style: 0 } : storage;
  const settled = storageFor(evidence, dialect);
  if (settled.kind !== 'none') return settled;
  // Thousands or fractions: who wants numbers gets what the file's decimal sign makes of them.
  if (asked === 'number') return storageFor(evidence, { ...dialect, delimiter: ';', decimalChosen: true });
  return { kind: 'text', style: 0 };
}

/** The columns as they are stored in the end: those that turned out otherwise are read again, all of them together. */
async function settleColumns(seen: SeenColumns, settled: readonly Storage[]): Promise<ColumnReader[]> {
  const { fileName, rows, columns, dialect, markers } = seen;
  const isRight = ({ storage }: ColumnReader, { kind, style }: Storage): boolean =>
    storage.kind === kind && storage.style === style;
  const again = columns.map((column, c) => {
    if (isRight(column, settled[c])) return null;
    return new ColumnReader(column.name, column.asked, settled[c], dialect, markers);
  });
  if (again.every((column) => column === null)) return [...columns];
  const same = await seen.readAgain(again);
  return columns.map((column, c) => {
    const second = again[c];
    if (second === null) return column;
    if (same !== rows || !isRight(second, settled[c]))
      throw new LabError('FILE_UNREADABLE', `${fileName} has changed while it was read.`);
    return second;
  });
}

/** @throws FILE_UNREADABLE where the file changes meanwhile, and what reading it again throws */
export async function finishColumns(
  seen: SeenColumns,
): Promise<{ columns: Column[]; decisions: ColumnDecision[]; notices: TableNotice[] }> {
  const { rows, columns, known, dialect, markers } = seen;
  const notices: TableNotice[] = [];
  const settled = columns.map((column) => settle(column, dialect));
  const decisions = columns.map((column, c) => explain(column, known[c], settled[c], notices));
  const finished = (await settleColumns(seen, settled)).map((column, c): Column => {
    const { name, asked } = column;
    const lost = sayLost(column.spellings());
    if (lost !== null) notices.push({ code: 'missing-spelt', column: name, text: lost });
    const cells = column.finish(rows);
    if (cells.kind !== 'text' || asked !== undefined) return cells;
    const stray = strayWords(cells, markers.amongNumbers, dialect);
    if (stray === null) return cells;
    decisions[c] = { ...decisions[c], words: stray.words.map(({ text }) => text) };
    notices.push({ code: 'stray-words', column: name, text: sayStray(stray) });
    return cells;
  });
  return { columns: finished, decisions, notices };
}
