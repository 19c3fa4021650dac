/** What a run learns from, as found when its pictures are served, and what about it is not as usual. */
import { METHOD_METAS } from '../../contracts/methods.ts';
import type { ServedFacts } from '../../contracts/subsetPort.ts';
import type { TrainingFacts, TrainingSettings } from '../../contracts/training.ts';
import { LabError } from '../../core/errors.ts';
import type { Normalisation } from './normalise.ts';

/** Classes that a notice names. */
const NAMED = 5;

/** Training pictures of each class. @throws TRAINING_ONE_CLASS */
function classCounts({ train, labels, classNames }: ServedFacts): Uint32Array {
  const counts = new Uint32Array(classNames.length);
  for (const record of train) counts[labels[record]]++;
  const found = counts.reduce((sum, count) => sum + (count > 0 ? 1 : 0), 0);
  if (found < 2) {
    const only = classNames[counts.findIndex((count) => count > 0)];
    throw new LabError(
      'TRAINING_ONE_CLASS',
      only === undefined
        ? 'There are no training pictures.'
        : `All ${train.length} training pictures are of the class "${only}".`,
    );
  }
  return counts;
}

/** @throws TRAINING_SAMPLES_LOST where test pictures are of another kind than the training pictures */
function checkTest(train: ServedFacts, test: ServedFacts): void {
  const isSame =
    train.width === test.width &&
    train.height === test.height &&
    train.channels === test.channels &&
    train.classNames.length === test.classNames.length;
  if (isSame && test.test.length > 0) return;
  throw new LabError(
    'TRAINING_SAMPLES_LOST',
    test.test.length === 0
      ? 'There are no test pictures.'
      : `The test pictures (${test.width} × ${test.height}, ${test.classNames.length} classes) do not belong to the ` +
          `training pictures (${train.width} × ${train.height}, ${train.classNames.length} classes).`,
  );
}

/**
 * @param served whoever serves the training pictures
 * @param test whoever serves the test pictures
 * @param subsetRecords pictures of an epoch
 * @throws TRAINING_ONE_CLASS, TRAINING_SAMPLES_LOST
 */
export function findFacts(
  settings: TrainingSettings,
  served: ServedFacts,
  test: ServedFacts,
  subsetRecords: number,
  { mean, deviation }: Normalisation,
): { facts: TrainingFacts; notices: string[] } {
  const counts = classCounts(served);
  checkTest(served, test);
  const { classNames, storedBytes } = served;
  const asksForRaw = METHOD_METAS.byName(settings.method).source === 'raw';
  const facts: TrainingFacts = {
    width: served.width,
    height: served.height,
    channels: served.channels,
    classes: classNames.length,
    trainRecords: served.train.length,
    testRecords: test.test.length,
    subsetRecords,
    stepsPerEpoch: Math.ceil(subsetRecords / settings.batch),
    rawBytes: served.rawBytes,
    storageRatio: storedBytes === null ? null : storedBytes / served.rawBytes,
    pixels: storedBytes === null ? 'raw' : asksForRaw ? 'decoded' : 'archive',
    testPixels: test.storedBytes === null ? 'raw' : 'archive',
    fidelity: served.fidelity,
    mean,
    deviation,
  };

  const notices: string[] = [];
  if (subsetRecords < settings.batch) {
    notices.push(
      `An epoch sees ${subsetRecords} pictures, fewer than a batch of ${settings.batch}: the batch is filled up ` +
        'with pictures that do not count.',
    );
  }
  const isTested = new Uint8Array(classNames.length);
  for (const record of test.test) isTested[test.labels[record]] = 1;
  const missing = classNames.filter((_, c) => counts[c] === 0 && isTested[c] === 1);
  if (missing.length > 0) {
    const named = missing.slice(0, NAMED).map((name) => `"${name}"`);
    const others = missing.length - named.length;
    notices.push(
      `There are test pictures but no training pictures of ${named.join(', ')}` +
        `${others > 0 ? ` and ${others} more classes` : ''}: the network cannot learn them.`,
    );
  }
  if (facts.pixels === 'decoded') {
    notices.push(
      'The raw pixels are not at hand: pictures decoded from the archive are used in their place.',
    );
  }
  return { facts, notices };
}
