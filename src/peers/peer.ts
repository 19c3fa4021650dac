/** What a peer is to the measurement: a way from a table in memory to bytes, back, and to one record alone. */
import type { PeerFacts } from '../contracts/peers.ts';
import type { Pulse } from '../core/pulse.ts';
import type { Column, Table } from '../core/table/table.ts';

/** A cell's value: a number (times as their column counts them), a text, or null for a missing cell. */
export type Cell = number | string | null;

/** Reads single records from bytes in memory. */
export interface RecordSource {
  /** @param row number of the record in the table that was encoded */
  fetch(row: number): readonly Cell[] | Promise<readonly Cell[]>;
  /** Gives back what the source holds outside of JavaScript. */
  close?(): void;
}

/** A table encoded. */
export interface EncodedTable {
  file: Uint8Array;
  /** What the training records take of the file: all of it, but for an archive that holds test records too. */
  bytes: number;
  /** Everything, into typed columns. */
  decode(pulse: Pulse): Promise<Table>;
  /** What is read once before records are: headers, dictionaries, footers, indices. */
  open(): Promise<RecordSource>;
}

export interface Peer extends PeerFacts {
  /** What one encoding encodes and one decoding has to give back. */
  table: Table;
  /** Loads what the peer needs, and gives its encoder. */
  prepare(): Promise<(pulse: Pulse) => Promise<EncodedTable>>;
}

/** A cell of a column as a record source gives it. */
export function cellOf(column: Column, row: number): Cell {
  if (column.missing !== null && column.missing[row] === 1) return null;
  return column.kind === 'number' ? column.values[row] : column.dictionary[column.codes[row]];
}
