/** What a selection may hold at once: what goes beyond is refused before it is allocated. */
import { LabError } from '../errors.ts';

/** Most bytes of gradients, features and arrays of a method. */
const MOST_BYTES = 1024 ** 3;

/**
 * @param what is to be held: "The gradients of 60,000 pictures"
 * @throws SELECTION_TOO_LARGE
 */
export function checkRoom(bytes: number, what: string): void {
  if (bytes <= MOST_BYTES) return;
  const megabytes = (size: number) => `${Math.ceil(size / 1024 ** 2).toLocaleString('en-US')} MB`;
  throw new LabError(
    'SELECTION_TOO_LARGE',
    `${what} would take ${megabytes(bytes)}, and a selection may hold ${megabytes(MOST_BYTES)}.`,
  );
}
