/** Which pictures are for training and which for testing. */
import { LabError } from '../errors.ts';
import { createGenerator, permutation, type Split } from '../random.ts';
import type { ImageSet } from './imageSet.ts';
import type { ImageSettings } from './settings.ts';

/**
 * Divides a set of pictures. A split that the dataset brings is taken as it is; else a part of every class is drawn: of
 * a random permutation of its n_c pictures the first round(n_c · testFraction) are test pictures, but never all of them.
 * The classes draw one after the other from one generator.
 *
 * @returns numbers of pictures, ascending
 * @throws IMAGES_TOO_FEW when there is no training or no test picture
 */
export function splitImages(
  set: Pick<ImageSet, 'records' | 'labels' | 'classNames' | 'givenTest'>,
  settings: Pick<ImageSettings, 'split' | 'testFraction'>,
): Split {
  const isTest = new Uint8Array(set.records);
  if (set.givenTest !== null) for (const record of set.givenTest) isTest[record] = 1;
  else drawTest(set, settings, isTest);
  const split = listSplit(isTest);
  if (split.train.length === 0 || split.test.length === 0) {
    throw new LabError(
      'IMAGES_TOO_FEW',
      `Of ${set.records} pictures ${split.train.length} are for training and ${split.test.length} for testing.`,
    );
  }
  return split;
}

function drawTest(
  { records, labels, classNames }: Pick<ImageSet, 'records' | 'labels' | 'classNames'>,
  { split, testFraction }: Pick<ImageSettings, 'split' | 'testFraction'>,
  isTest: Uint8Array,
): void {
  const { starts, order } = recordsByClass(labels, classNames.length, records);
  const generator = createGenerator(split);
  for (let label = 0; label < classNames.length; label++) {
    const count = starts[label + 1] - starts[label];
    const drawn = permutation(count, generator);
    const testCount = Math.min(Math.round(count * testFraction), count - 1);
    for (let k = 0; k < testCount; k++) isTest[order[starts[label] + drawn[k]]] = 1;
  }
}

/** Both lists from one flag per picture. */
export function listSplit(isTest: Uint8Array): Split {
  let testCount = 0;
  for (let i = 0; i < isTest.length; i++) testCount += isTest[i];
  const train = new Uint32Array(isTest.length - testCount);
  const test = new Uint32Array(testCount);
  for (let i = 0, a = 0, b = 0; i < isTest.length; i++) {
    if (isTest[i] === 1) test[b++] = i;
    else train[a++] = i;
  }
  return { train, test };
}

/** Numbers of pictures class after class, each class in original order: class c has those from starts[c] on. */
export function recordsByClass(
  labels: Uint16Array,
  classes: number,
  records: number,
): { starts: Uint32Array; order: Uint32Array } {
  const starts = new Uint32Array(classes + 1);
  for (let i = 0; i < records; i++) starts[labels[i] + 1]++;
  for (let label = 0; label < classes; label++) starts[label + 1] += starts[label];
  const next = starts.slice(0, classes);
  const order = new Uint32Array(records);
  for (let i = 0; i < records; i++) order[next[labels[i]]++] = i;
  return { starts, order };
}
