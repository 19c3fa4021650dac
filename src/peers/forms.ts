/** The forms in which a table is handed to a general compressor: bytes that hold all of it. */
import type { Pulse } from '../core/pulse.ts';
import type { Table } from '../core/table/table.ts';
import type { Cell } from './peer.ts';

export interface Form {
  /** Part of a peer's name and label: "csv", "the CSV text". */
  name: string;
  label: string;
  /** What it is, for the peer's sentence. */
  sentence: string;
  write(table: Table, pulse: Pulse): Promise<Uint8Array>;
  /** The table from its bytes, which can be asked for more than once. */
  read(table: Table, pieces: () => Iterable<Uint8Array>, pulse: Pulse): Promise<Table>;
  /**
   * Reads what is read once, and gives what reads a record from as few of the leading bytes as hold it.
   *
   * @param table for the types that the bytes do not tell
   */
  open(table: Table, pieces: Iterable<Uint8Array>): (pieces: Iterable<Uint8Array>, row: number) => Cell[];
}
