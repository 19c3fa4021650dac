/** A dropped file as the readers of pictures want it; in a page and in a worker. */
import type { DroppedFile } from '../contracts/images.ts';
import { LabError } from '../core/errors.ts';
import type { ImageFile } from '../readers/imageReading.ts';

/** What is said of a file that the browser does not give. */
export function unreadable(path: string, cause: unknown): LabError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new LabError('FILE_UNREADABLE', `${path} could not be read: ${reason}`, { cause });
}

/** @returns a file whose slices reject with LabError FILE_UNREADABLE when it has gone */
export function imageFileOf({ path, file }: DroppedFile): ImageFile {
  return {
    path,
    bytes: file.size,
    slice: async (from, to) => {
      try {
        return new Uint8Array(await file.slice(from, to).arrayBuffer());
      } catch (thrown) {
        throw unreadable(path, thrown);
      }
    },
  };
}
