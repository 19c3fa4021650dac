/** Workbooks for tests, written plainly: the parts that every program writes, and sheets as XML or as cells. */
import { zipSync } from 'fflate';

export interface SheetPart {
  name: string;
  /** Of the list of sheets: "hidden". */
  state?: string;
  /** What stands between <sheetData> and its end. */
  rows: string;
}

const SCHEMAS = 'http://schemas.openxmlformats.org';
const RELATIONS = `${SCHEMAS}/officeDocument/2006/relationships`;
const MAIN = `xmlns="${SCHEMAS}/spreadsheetml/2006/main" xmlns:r="${RELATIONS}"`;

const relation = (id: string, kind: string, target: string): string =>
  `<Relationship Id="${id}" Type="${RELATIONS}/${kind}" Target="${target}"/>`;
const relations = (list: readonly string[]): string =>
  `<Relationships xmlns="${SCHEMAS}/package/2006/relationships">${list.join('')}</Relationships>`;

const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

/** The name of a column: A … Z, AA … */
export function letters(column: number): string {
  const last = String.fromCharCode(65 + (column % 26));
  return column < 26 ? last : letters(Math.floor(column / 26) - 1) + last;
}

/** Rows of cells as XML: numbers, texts, truths; null is no cell. */
export function rowsOf(rows: readonly (readonly (number | string | boolean | null)[])[]): string {
  return rows
    .map((row, r) => {
      const cells = row.map((value, c) => {
        const place = `r="${letters(c)}${r + 1}"`;
        if (value === null) return '';
        if (typeof value === 'number') return `<c ${place}><v>${value}</v></c>`;
        if (typeof value === 'boolean') return `<c ${place} t="b"><v>${value ? 1 : 0}</v></c>`;
        return `<c ${place} t="inlineStr"><is><t xml:space="preserve">${escapeXml(value)}</t></is></c>`;
      });
      return `<row r="${r + 1}">${cells.join('')}</row>`;
    })
    .join('');
}

interface WorkbookOptions {
  /** Entries of the table of shared texts. */
  shared?: readonly string[];
  is1904?: boolean;
  /** Parts that are put in, or in the place of the usual ones. */
  parts?: Readonly<Record<string, string | Uint8Array>>;
}

/** The parts of a workbook; style 1 is a date, 2 a time of the day, 3 a moment. */
export function workbookParts(
  sheets: readonly SheetPart[],
  { shared, is1904 = false, parts = {} }: WorkbookOptions = {},
): Record<string, Uint8Array> {
  const list = sheets.map(
    ({ name, state }, k) =>
      `<sheet name="${escapeXml(name)}" sheetId="${k + 1}"${state === undefined ? '' : ` state="${state}"`} r:id="rId${k + 1}"/>`,
  );
  const formats = [0, 14, 21, 22].map((id) => `<xf numFmtId="${id}"/>`);
  const texts: Record<string, string | Uint8Array> = {
    '[Content_Types].xml': `<Types xmlns="${SCHEMAS}/package/2006/content-types"/>`,
    '_rels/.rels': relations([relation('rId1', 'officeDocument', 'xl/workbook.xml')]),
    'xl/workbook.xml': `<workbook ${MAIN}><workbookPr${is1904 ? ' date1904="1"' : ''}/><sheets>${list.join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relations([
      ...sheets.map((_, k) => relation(`rId${k + 1}`, 'worksheet', `worksheets/sheet${k + 1}.xml`)),
      relation('rId98', 'styles', 'styles.xml'),
      ...(shared === undefined ? [] : [relation('rId99', 'sharedStrings', 'sharedStrings.xml')]),
    ]),
    'xl/styles.xml': `<styleSheet ${MAIN}><cellXfs>${formats.join('')}</cellXfs></styleSheet>`,
    ...(shared === undefined
      ? {}
      : { 'xl/sharedStrings.xml': `<sst ${MAIN}>${shared.map((one) => `<si>${one}</si>`).join('')}</sst>` }),
    ...Object.fromEntries(
      sheets.map(({ rows }, k) => [
        `xl/worksheets/sheet${k + 1}.xml`,
        `<worksheet ${MAIN}><sheetData>${rows}</sheetData></worksheet>`,
      ]),
    ),
    ...parts,
  };
  return Object.fromEntries(
    Object.entries(texts).map(([path, text]) => [
      path,
      typeof text === 'string' ? new TextEncoder().encode(text) : text,
    ]),
  );
}

export function workbook(sheets: readonly SheetPart[], options: WorkbookOptions = {}): Uint8Array {
  return zipSync(workbookParts(sheets, options));
}
