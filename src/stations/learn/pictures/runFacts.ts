/** What was measured of a run: where its time went, and what it held in memory. */
import type { TrainingBytes, TrainingRun, TrainingSeconds } from '../../../contracts/training.ts';
import { formatBytes, formatPercent } from '../../../ui/format.ts';
import { readsArchive } from '../../training/plan.ts';

export interface TimePart {
  id: keyof TrainingSeconds;
  label: string;
  about: string;
  /** Over the run, and by epoch; null of what is done once. */
  seconds: number;
  perEpoch: number | null;
}

const TIME_PARTS: readonly Pick<TimePart, 'id' | 'label' | 'about'>[] = [
  { id: 'fetch', label: 'Fetching', about: 'reading and decoding pictures, in a worker of its own' },
  { id: 'wait', label: 'Waiting', about: 'how long training stood still for them' },
  { id: 'train', label: 'Training', about: 'uploading and steps' },
  { id: 'select', label: 'Selecting', about: 'looking at pictures and choosing among them' },
  { id: 'evaluate', label: 'Evaluating', about: 'every look at the test pictures' },
  { id: 'warmup', label: 'Warming up', about: 'before the first step: device, self-test, test pictures' },
];

/** Where the time of a run went, part by part. They overlap: pictures are fetched while training goes on. */
export function timeParts({ seconds, epochs, selection }: TrainingRun): TimePart[] {
  const looks = epochs.filter(({ test }) => test !== null).length;
  return TIME_PARTS.filter(({ id }) => id !== 'select' || selection !== null).map((part) => {
    const isOnce = part.id === 'warmup' || part.id === 'select';
    const count = isOnce ? 0 : part.id === 'evaluate' ? looks : epochs.length;
    return { ...part, seconds: seconds[part.id], perEpoch: count === 0 ? null : seconds[part.id] / count };
  });
}

export interface MemoryPart {
  id: keyof TrainingBytes;
  label: string;
  about: string;
  bytes: number;
  /** Of the raw training set; null before it is known. */
  share: number | null;
}

const MEMORY_PARTS: readonly Pick<MemoryPart, 'id' | 'label' | 'about'>[] = [
  { id: 'subsets', label: 'Subsets', about: 'pixels of this epoch, and of the next while it is fetched' },
  { id: 'archive', label: 'Archive', about: 'what its pictures share, labels and places, blocks in flight' },
  { id: 'rawSet', label: 'Raw set', about: 'all raw pixels, in the worker that read them' },
  { id: 'total', label: 'Together', about: 'the most that was held at the same time' },
];

/** Training data in memory, part by part and at its peak. What a method does not hold is left out. */
export function memoryParts({ bytes, facts }: TrainingRun): MemoryPart[] {
  return MEMORY_PARTS.filter(({ id }) => id === 'total' || bytes[id] > 0).map((part) => ({
    ...part,
    bytes: bytes[part.id],
    share: facts === null || facts.rawBytes === 0 ? null : bytes[part.id] / facts.rawBytes,
  }));
}

/** Where the pixels of a run come from, in a sentence. */
export function pixelsWords({ settings, facts, bytes }: TrainingRun): string {
  const isOfArchive = readsArchive(settings.method);
  if (facts === null) return '';
  if (facts.pixels === 'decoded') {
    return 'No raw pixels were at hand: this run’s were decoded from the archive, as dreaMLearning’s are.';
  }
  if (facts.pixels === 'raw') {
    const held = bytes.rawSet > 0 ? `: ${formatBytes(bytes.rawSet)} there` : '';
    return `Its pixels are raw ones, which the worker that read the pictures holds in memory${held}.`;
  }
  const ratio =
    facts.storageRatio === null
      ? ''
      : `, which takes ${formatPercent(facts.storageRatio)} of the raw training pixels`;
  return isOfArchive
    ? `Its pixels are decoded from the archive${ratio}; the raw set is not held.`
    : `Its pixels are decoded from the archive${ratio}.`;
}
