/** Pictures and what became of them, in words. */
import type { Fidelity } from '../../contracts/images.ts';
import { formatPercent, formatPlural } from '../format.ts';
import type { PictureSize } from './pixels.ts';

/** "28 × 28" */
export function sizeWords({ width, height }: Pick<PictureSize, 'width' | 'height'>): string {
  return `${width} × ${height}`;
}

/** "28 × 28 grey", "32 × 32 colour" */
export function shapeWords(size: PictureSize): string {
  return `${sizeWords(size)} ${size.channels === 1 ? 'grey' : 'colour'}`;
}

/** "lossless", or by how much not: what has to stand beside every size of an archive. */
export function fidelityWords(fidelity: Fidelity): string {
  if (fidelity.kind === 'exact') return 'lossless';
  const { psnr, maxError, exactShare, isClaimed = false } = fidelity;
  return `near-lossless${isClaimed ? ', by its own account' : ''}: ${decibelWords(psnr)}, largest error ${formatPlural(maxError, 'level')}, ${formatPercent(exactShare)} of the values exact`;
}

/** "PSNR 51.4 dB"; without any error it is infinite. */
export function decibelWords(psnr: number): string {
  return Number.isFinite(psnr) ? `PSNR ${psnr.toFixed(1)}\u202fdB` : 'PSNR infinite';
}
