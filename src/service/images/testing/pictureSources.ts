/** Pictures for tests as files that somebody dropped: NumPy arrays with and without a split. */
import type { DroppedFile, ImageSource } from '../../../contracts/images.ts';
import type { ImageSet } from '../../../core/images/imageSet.ts';
import { npyBytes } from '../../../readers/testing/imageFiles.ts';

function dropped(path: string, bytes: Uint8Array): DroppedFile {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return { path, file: new File([bytes as Uint8Array<ArrayBuffer>], name, { lastModified: 7 }) };
}

/** Arrays x and y of some records of the set. */
function arrays(set: ImageSet, records: readonly number[], ending: string): DroppedFile[] {
  const { width, height, channels } = set.shape;
  const bytes = width * height * channels;
  const pixels = new Uint8Array(records.length * bytes);
  records.forEach((record, k) =>
    pixels.set(set.pixels.subarray(record * bytes, (record + 1) * bytes), k * bytes),
  );
  const labels = records.map((record) => set.labels[record]);
  const shape = [records.length, height, width, ...(channels === 3 ? [3] : [])];
  return [
    dropped(`data/x${ending}.npy`, npyBytes('|u1', shape, pixels)),
    dropped(`data/y${ending}.npy`, npyBytes('|u1', [records.length], labels)),
  ];
}

/** The set as files; test pictures that it brings are the last ones. */
export function sourceOf(set: ImageSet): ImageSource & { kind: 'files' } {
  const all = Array.from({ length: set.records }, (_, i) => i);
  const isTest = new Set(set.givenTest ?? []);
  const files =
    set.givenTest === null
      ? arrays(set, all, '')
      : [
          ...arrays(
            set,
            all.filter((i) => !isTest.has(i)),
            '_train',
          ),
          ...arrays(
            set,
            all.filter((i) => isTest.has(i)),
            '_test',
          ),
        ];
  return { kind: 'files', files };
}
