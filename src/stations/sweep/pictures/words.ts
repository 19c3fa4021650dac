/** The points of a sweep over pictures in words. */
import type { Fidelity, ImageSettings, ImageSweepCell } from '../../../contracts/images.ts';
import { IMAGE_SETTINGS } from '../../../contracts/settings.ts';
import { formatCount, formatPercent } from '../../../ui/format.ts';
import { decibelWords } from '../../../ui/pictures/words.ts';
import { shortEncoding } from '../../pictures/encodingWords.ts';
import { changeWords } from '../../settings/words.ts';
import type { EncodingKey } from '../../../contracts/imageSweep.ts';
import { cellFacts, changedSettings, smallest } from './plan.ts';

export function tablesWords(classWise: boolean): string {
  return classWise ? 'per class' : 'one for all';
}

/** "lossless" or "near-lossless, PSNR 51.4 dB": stands beside every storage number. */
export function shortFidelity(fidelity: Fidelity): string {
  return fidelity.kind === 'exact' ? 'lossless' : `near-lossless, ${decibelWords(fidelity.psnr)}`;
}

/** "DCT · zigzag · table per class" */
export function seriesWords(key: EncodingKey): string {
  return `${shortEncoding(key)} · ${key.classWise ? 'table per class' : 'one table'}`;
}

/** The best points in a sentence. */
export function headline(cells: readonly ImageSweepCell[]): string {
  const { exact, any } = smallest(cells);
  if (any === null) return 'No points yet. Choose what to compare and run it.';
  const words = (cell: ImageSweepCell) =>
    `${formatPercent(cellFacts(cell).storage)} of the raw pixels by ${seriesWords(cell.settings)} at τ = ${formatCount(cell.settings.tau)}`;
  if (exact === any && exact !== null) return `Smallest: ${words(exact)}, lossless.`;
  const near = `Smallest: ${words(any)}, ${shortFidelity(any.fidelity)}.`;
  return exact === null ? near : `${near} Smallest without loss: ${words(exact)}.`;
}

/** "block size 65,536, now 4,096", or nothing where all that decides a sweep's points is as it was. */
export function changedWords(was: ImageSettings, is: ImageSettings): string {
  return changedSettings(was, is)
    .map((name) => changeWords(IMAGE_SETTINGS.any(name), was[name], is[name]))
    .join('; ');
}
