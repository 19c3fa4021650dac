/** What each lane of records takes in their streams. */
import type { Pulse } from '../../pulse.ts';
import type { CodedRecords } from '../codec.ts';
import type { DenseModel } from './family.ts';
import { BIT } from './log2.ts';

/** @returns bits of each lane, of all records together */
export async function measureStreams(
  model: DenseModel,
  coded: CodedRecords,
  lanes: number,
  pulse: Pulse,
): Promise<Float64Array> {
  const { of, records } = coded;
  const { recordsPerStream } = model;
  const measure = model.meter(coded);
  const units = new Float64Array(lanes);
  for (let first = 0; first < records; first += recordsPerStream) {
    measure(first, Math.min(recordsPerStream, records - first), units);
    if (pulse.due()) {
      const unit = of === 'table' ? 'records' : 'pictures';
      await pulse.beat({ phase: 'Counting where the bits go', done: first, total: records, unit });
    }
  }
  return units.map((sum) => sum / BIT);
}
