/** What the first rows of a file, and its user, say of it before all rows are read. */
import { LabError } from '../../core/errors.ts';
import type { ReadingOptions, TableNotice } from '../tableReading.ts';
import { ColumnReader, storageFor, type Storage } from './columnReader.ts';
import { findDecimal, type Delimiter, type Head } from './dialect.ts';
import type { Evidence, NumberDialect } from './evidence.ts';
import { gatherEvidence, markersFor, type Markers } from './headCells.ts';
import { findLayout, otherSeparator, type Layout } from './layout.ts';
import { columnNames } from '../../core/table/names.ts';
import { COMMA_PLAIN, POINT_PLAIN } from './numbers.ts';
import { MAX_COLUMNS } from './rowScanner.ts';

/** What is known of a file before its rows are read. */
export interface Plan extends NumberDialect {
  delimiter: Delimiter;
  width: number;
  layout: Layout;
  names: string[];
  /** Per column, what the first rows say. */
  evidence: Evidence[];
  markers: Markers;
}

/**
 * @param head first rows, split by the delimiter
 * @param notices receives what was mended
 * @throws CSV_EMPTY, CSV_TOO_WIDE, CSV_ONE_COLUMN, CSV_RAGGED, and the fault of a head without rows
 */
export function makePlan(
  head: Head,
  options: ReadingOptions,
  notices: TableNotice[],
  fileName: string,
): Plan {
  const { delimiter, width, rows, fault } = head;
  if (rows.length === 0) throw fault ?? new LabError('CSV_EMPTY', `${fileName} is empty.`);
  if (width > MAX_COLUMNS)
    throw new LabError('CSV_TOO_WIDE', `The file has ${width} columns; the limit is ${MAX_COLUMNS}.`);
  const decimal = options.decimal ?? findDecimal(head);
  const markers = markersFor(options.missing ?? [], decimal);
  const separator = width === 1 && options.delimiter === undefined ? otherSeparator(head, markers) : null;
  if (separator !== null) {
    throw new LabError(
      'CSV_ONE_COLUMN',
      `${fileName} has one column; its cells look as if they were separated by ${separator}.`,
    );
  }
  const layout = findLayout(head, options.header, markers);
  return {
    delimiter,
    decimal,
    decimalChosen: options.decimal !== undefined,
    width,
    layout,
    names: columnNames(layout.header, width, notices),
    evidence: gatherEvidence(head, layout.firstLine, markers),
    markers,
  };
}

/** Columns as the first rows suggest them, and as the user wants them. */
export function firstColumns(plan: Plan, options: ReadingOptions, notices: TableNotice[]): ColumnReader[] {
  const asked = new Map((options.types ?? []).map(({ column, type }) => [column, type]));
  for (const column of asked.keys()) {
    if (!plan.names.includes(column))
      notices.push({
        code: 'unknown-column',
        column: null,
        text: `A type was chosen for column ${column}, which the file does not have.`,
      });
  }
  const plain = plan.decimal === ',' ? COMMA_PLAIN : POINT_PLAIN;
  return plan.names.map((name, c) => {
    const type = asked.get(name);
    const suggested = storageFor(plan.evidence[c], plan);
    const storage: Storage =
      type === undefined || suggested.kind === type
        ? suggested
        : { kind: type, style: type === 'number' ? plain : 0 };
    return new ColumnReader(name, type, storage, plan, plan.markers);
  });
}
