/**
 * Tables in the dense codec: every code in symbols of four bits under a tree, which tree by the bin of a parent, another
 * lane of the record or of the one before; or as a copy of a lane of the record before.
 */
import type { LaneCodes } from '../../../bits/lanes.ts';
import { LabError } from '../../../errors.ts';
import type { CodedRecords } from '../../codec.ts';
import type { DenseFamily } from '../family.ts';
import { TableDecoder } from './decode.ts';
import { tableEncoder, tableMeter } from './encode.ts';
import { fitTable } from './fit.ts';
import { openModel } from './open.ts';
import { BLOCK_RECORDS } from './plan.ts';

function codesOf({ codes }: CodedRecords): readonly LaneCodes[] {
  if (codes === null) throw new LabError('INTERNAL', 'A table came without its codes.');
  return codes;
}

export const denseTables: DenseFamily = {
  async fit({ group }, _effort, pulse) {
    const train = await group(0);
    const rows = { count: train.records, codes: codesOf(train) };
    return fitTable(
      rows,
      train.layout.lanes.map(({ width }) => width),
      pulse,
    );
  },
  open(bytes, { layout }) {
    const model = openModel(
      bytes,
      layout.lanes.map(({ width }) => width),
    );
    return {
      recordsPerStream: BLOCK_RECORDS,
      residentBytes: model.residentBytes,
      encoder: (group) => tableEncoder(model, codesOf(group)),
      decoder: () => new TableDecoder(model),
      meter: (records) => tableMeter(model, codesOf(records)),
    };
  },
};
