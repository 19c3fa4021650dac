/** Pictures that are left out: all of them counted, the first of them with their reasons. */
import { LabError, type ErrorCode } from '../../core/errors.ts';
import type { SkippedPicture } from '../imageReading.ts';
import { shortPath } from '../zip/names.ts';

/** Pictures whose reasons are kept. */
const TOLD = 100;

export class SkipList {
  readonly told: SkippedPicture[] = [];
  count = 0;
  /** Those of `count` that could not be read, by code. */
  readonly failures = new Map<ErrorCode, number>();
  failed = 0;

  /** A picture that could not be read. */
  add(path: string, code: ErrorCode, what: string): void {
    this.failures.set(code, (this.failures.get(code) ?? 0) + 1);
    this.failed++;
    this.leaveOut(path, code, what);
  }

  /** A picture that could not be read because of what was thrown. */
  addError(path: string, thrown: unknown): void {
    const error =
      thrown instanceof LabError
        ? thrown
        : new LabError('PICTURE_DAMAGED', thrown instanceof Error ? thrown.message : String(thrown));
    this.add(path, error.code, `${shortPath(path)}: ${error.message}`);
  }

  /** A picture that is sound but does not belong to the set. */
  leaveOut(path: string, code: string, what: string): void {
    this.count++;
    if (this.told.length < TOLD) this.told.push({ path: shortPath(path), code, what });
  }

  /**
   * Stops where more than half of all pictures could not be read: it is not the few bad ones among good ones then.
   *
   * @throws LabError with the most frequent of the codes
   */
  check(pictures: number): void {
    if (this.failed * 2 <= pictures) return;
    const [code] = [...this.failures].sort((a, b) => b[1] - a[1])[0];
    const first = this.told.find((skipped) => skipped.code === code);
    const example = first === undefined ? '' : `, the first of them so: ${first.what}`;
    throw new LabError(
      code,
      `${this.failed} of ${pictures} pictures could not be read${example === '' ? '.' : example}`,
    );
  }
}
