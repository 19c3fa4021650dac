/**
 * A sheet of a workbook (XLSX) as a table: read as the CSV that a spreadsheet would save of it. The zip is unpacked by
 * the lab's own reader, which checks every size and checksum; hucre reads what is inside.
 */
import { HucreError } from 'hucre';
import { readXlsx, streamXlsxRows } from 'hucre/xlsx';
import { LabError } from '../../core/errors.ts';
import type { Pulse } from '../../core/pulse.ts';
import { readCsv } from '../csv/readCsv.ts';
import type { ImageFile } from '../imageReading.ts';
import { cleanName } from '../labels/labels.ts';
import type { ReadingOptions, TableNotice, TableReading } from '../tableReading.ts';
import { noteRow, SheetText, type SheetShape } from './sheetText.ts';
import { WorkbookParts } from './workbookParts.ts';

/** Sheets whose names are listed. */
const MOST_NAMED = 10;

interface SheetName {
  name: string;
  isHidden: boolean;
}

/** What hucre throws is damage. */
function refusal(name: string, thrown: unknown): unknown {
  if (thrown instanceof LabError) return thrown;
  const isItsOwn =
    thrown instanceof HucreError || thrown instanceof RangeError || thrown instanceof TypeError;
  if (!isItsOwn) return thrown;
  return new LabError(
    'WORKBOOK_DAMAGED',
    `${name} is damaged: ${cleanName(thrown.message)}.`.replace(/\.+$/, '.'),
    {
      cause: thrown,
    },
  );
}

/** Names of all sheets, none of which is read. */
async function sheetsOf(parts: WorkbookParts): Promise<SheetName[]> {
  const sheets: SheetName[] = [];
  await readXlsx(await parts.withoutSheets(), {
    sheets({ name, hidden, veryHidden }) {
      sheets.push({ name, isHidden: hidden === true || veryHidden === true });
      return false;
    },
  });
  return sheets;
}

/** Codes of a sheet with too little in it to be a table. */
const TOO_LITTLE: readonly string[] = ['CSV_EMPTY', 'CSV_ONE_ROW'];

/** The sheet that is asked for, else those that are not hidden, of which the first is read that is a table. */
function sheetsFor(sheets: readonly SheetName[], wanted: string | undefined, name: string): number[] {
  const listed = (): string => {
    const names = sheets.slice(0, MOST_NAMED).map((sheet) => `“${cleanName(sheet.name)}”`);
    if (sheets.length > names.length) names.push(`${sheets.length - names.length} more`);
    return names.join(', ');
  };
  if (sheets.length === 0) throw new LabError('WORKBOOK_SHEET', `${name} has no sheet with cells.`);
  if (wanted !== undefined) {
    const number = sheets.findIndex((sheet) => sheet.name === wanted);
    if (number >= 0) return [number];
    throw new LabError('WORKBOOK_SHEET', `${name} has no sheet “${cleanName(wanted)}”; it has ${listed()}.`);
  }
  const shown = sheets.flatMap(({ isHidden }, number) => (isHidden ? [] : [number]));
  return shown.length > 0 ? shown.slice(0, MOST_NAMED) : [0];
}

/** What is said of the sheets that were not read. */
function sayOthers(sheets: readonly SheetName[], read: number, passedOver: readonly number[]): TableNotice[] {
  if (sheets.length < 2) return [];
  const which =
    read === 0 ? `the first, “${cleanName(sheets[0].name)}”,` : `“${cleanName(sheets[read].name)}”`;
  const others = sheets
    .filter((_, number) => number !== read)
    .slice(0, MOST_NAMED)
    .map(({ name, isHidden }) => `“${cleanName(name)}”${isHidden ? ' (hidden)' : ''}`);
  if (sheets.length - 1 > others.length) others.push(`${sheets.length - 1 - others.length} more`);
  const skipped = passedOver.map((number) => `“${cleanName(sheets[number].name)}”`).join(', ');
  const text =
    `This workbook has ${sheets.length} sheets; ${which} was read. It also has ${others.join(', ')}.` +
    (skipped === '' ? '' : ` Too little for a table: ${skipped}.`);
  return [{ code: 'other-sheets', column: null, text }];
}

/** The text of a sheet, as pieces that can be read more than once. */
async function textOf(parts: WorkbookParts, sheet: number, name: string, pulse: Pulse): Promise<SheetText> {
  const shape: SheetShape = { from: Infinity, to: -1, rows: 0, times: new Map() };
  const beat = async (phase: string, row: number): Promise<void> => {
    if (pulse.due())
      await pulse.beat({ phase, done: row, total: shape.to < 0 ? null : shape.rows, unit: 'rows' });
  };
  for await (const row of streamXlsxRows(parts.withSheets(), { sheet })) {
    noteRow(shape, row, name);
    await beat('Looking at the rows of the sheet', row.index);
  }
  if (shape.to < 0) throw new LabError('CSV_EMPTY', `The sheet of ${name} has no value.`);
  const text = new SheetText(shape, name);
  for await (const row of streamXlsxRows(parts.withSheets(), { sheet })) {
    text.add(row);
    await beat('Reading the rows of the sheet', row.index);
  }
  text.flush();
  return text;
}

/** A sheet as a table, by the reader of CSV. */
async function readSheet(
  parts: WorkbookParts,
  sheet: number,
  name: string,
  { header, missing, types }: ReadingOptions,
  pulse: Pulse,
): Promise<TableReading> {
  const text = await textOf(parts, sheet, name, pulse).catch((thrown: unknown) => {
    throw refusal(name, thrown);
  });
  return readCsv(
    {
      name,
      bytes: text.bytes,
      open: () =>
        Promise.resolve(
          (async function* () {
            for (const piece of text.pieces) yield await Promise.resolve(piece);
          })(),
        ),
    },
    {
      delimiter: ',',
      decimal: '.',
      encoding: 'utf-8',
      ...(header === undefined ? {} : { header }),
      ...(missing === undefined ? {} : { missing }),
      ...(types === undefined ? {} : { types }),
    },
    pulse,
  );
}

/**
 * Reads a sheet of an XLSX workbook: the one that the options name, else the first that is not hidden and has enough in
 * it to be a table. Formulas count by the values that the workbook keeps of them, errors (#N/A) as missing among
 * numbers; of merged cells the first has the value.
 *
 * @throws WORKBOOK_DAMAGED, WORKBOOK_TOO_LARGE, WORKBOOK_SHEET, those of the zip, and those of `readCsv`, of the first
 * sheet where none is a table
 */
export async function readWorkbook(
  file: ImageFile,
  options: ReadingOptions,
  pulse: Pulse,
): Promise<TableReading> {
  const name = cleanName(file.path);
  const parts = await WorkbookParts.open(file, name);
  let sheets: SheetName[];
  let candidates: number[];
  try {
    sheets = await sheetsOf(parts);
    candidates = sheetsFor(sheets, options.sheet, name);
  } catch (thrown) {
    throw refusal(name, thrown);
  }
  const passedOver: number[] = [];
  let refused: unknown = null;
  for (const sheet of candidates) {
    try {
      const reading = await readSheet(parts, sheet, name, options, pulse);
      return {
        ...reading,
        notices: [...sayOthers(sheets, sheet, passedOver), ...reading.notices],
        bytes: file.bytes,
        format: 'xlsx',
        dialect: [
          { name: 'Sheet', value: cleanName(sheets[sheet].name) },
          ...reading.dialect.filter((part) => part.name === 'Header'),
        ],
        sheets: sheets.map((one) => one.name),
      };
    } catch (thrown) {
      if (!(thrown instanceof LabError) || !TOO_LITTLE.includes(thrown.code)) throw thrown;
      refused ??= thrown;
      passedOver.push(sheet);
    }
  }
  throw refused;
}
