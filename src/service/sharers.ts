/** Who shares a base in the archive of a table: found in the base IDs of a whole group, which is read for it. */
import type { ArchiveGroup } from '../core/archive/read.ts';
import type { Pulse } from '../core/pulse.ts';

/** Visits the base ID of every record of a group, by its position. */
async function eachBaseId(
  { records, recordsPerBlock, block }: ArchiveGroup,
  pulse: Pulse,
  visit: (id: number, position: number) => void,
): Promise<void> {
  for (let first = 0, b = 0; first < records; first += recordsPerBlock, b++) {
    const { baseId } = await block(b);
    if (baseId === null) return;
    const count = Math.min(recordsPerBlock, records - first);
    for (let k = 0; k < count; k++) visit(baseId(k), first + k);
    if (pulse.due())
      await pulse.beat({ phase: 'Reading base IDs', done: first + count, total: records, unit: 'records' });
  }
}

/** How many records of the group have this base. */
export async function countSharers(group: ArchiveGroup, baseId: number, pulse: Pulse): Promise<number> {
  let count = 0;
  await eachBaseId(group, pulse, (id) => {
    if (id === baseId) count++;
  });
  return count;
}

/** Number of the first record with the base that most records of the group share; 0 where there are no bases. */
export async function mostSharedRecord(group: ArchiveGroup, pulse: Pulse): Promise<number> {
  const { bases, rows } = group;
  if (bases === null || rows.length === 0) return 0;
  const sharers = new Uint32Array(bases.baseCount);
  const firsts = new Uint32Array(bases.baseCount);
  await eachBaseId(group, pulse, (id, position) => {
    if (sharers[id]++ === 0) firsts[id] = position;
  });
  let most = 0;
  for (let id = 1; id < sharers.length; id++) if (sharers[id] > sharers[most]) most = id;
  return rows[firsts[most]];
}
