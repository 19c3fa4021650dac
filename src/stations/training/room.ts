/** Whether the browser's store has room for what a training goes on from. */
import { leastCheckpointBytes } from '../../contracts/training.ts';
import { formatBytes } from '../../ui/format.ts';
import type { LabState } from '../lab.ts';

/** Why a training of so many parameters could not be resumed after a reload, in a sentence; null where it could. */
export function lackOfRoom(storage: LabState['storage'], parameters: number): string | null {
  if (storage === null) return null;
  const needed = leastCheckpointBytes(parameters);
  const left = Math.max(0, storage.quota - storage.usage);
  if (left >= needed) return null;
  return `A checkpoint takes ${formatBytes(needed)}, and the browser’s store has ${formatBytes(left)} left.`;
}
