/** What each column of a table takes in its archive. */
import type { ColumnBits } from '../contracts/codec.ts';
import type { OpenArchive } from '../core/archive/read.ts';
import type { CodedGroup } from '../core/codecs/codec.ts';
import type { Pulse } from '../core/pulse.ts';

/** @returns null of a codec that cannot tell, or without records */
export async function columnBits(
  { laneBits, layout, schema }: OpenArchive,
  group: CodedGroup,
  pulse: Pulse,
): Promise<ColumnBits[] | null> {
  if (laneBits === null || group.records === 0) return null;
  const ofLanes = await laneBits(group, pulse);
  const columns = schema.columns.map(({ name }) => ({ column: name, width: 0, bits: 0 }));
  layout.lanes.forEach(({ column, width }, lane) => {
    columns[column].width += width;
    columns[column].bits += ofLanes[lane] / group.records;
  });
  return columns;
}
