/** Who wins what among the archive and other ways to keep pictures, in order and in words. */
import type { ImagePeerResult } from '../../../contracts/images.ts';
import { formatPercent, formatSeconds } from '../../../ui/format.ts';
import { fidelityWords } from '../../../ui/pictures/words.ts';
import { createRanking, EQUAL, isEqual, times } from '../ranking.ts';

/** A measured quantity of a row. */
export type PictureFigure =
  | 'ratio'
  | 'encodeMegabytesPerSecond'
  | 'decodeMegabytesPerSecond'
  | 'pictureMicroseconds';

const isExact = ({ fidelity }: ImagePeerResult): boolean => fidelity?.kind === 'exact';

export const PICTURE_RANKING = createRanking<PictureFigure, ImagePeerResult>(
  {
    ratio: true,
    encodeMegabytesPerSecond: false,
    decodeMegabytesPerSecond: false,
    pictureMicroseconds: true,
  },
  isExact,
);
const { sort: sortPictures, best: bestPicture, speedSentence } = PICTURE_RANKING;

/** "PNG", "PNG and QOI", "PNG, QOI and deflate" */
function listed(rows: readonly ImagePeerResult[]): string {
  const labels = rows.map(({ label }) => label);
  const last = labels.pop() ?? '';
  return labels.length === 0 ? last : `${labels.join(', ')} and ${last}`;
}

/** Where sizes are not of the same thing. */
function fidelitySentence(ours: ImagePeerResult): string {
  if (ours.fidelity?.kind !== 'near') return '';
  return `${ours.label} is ${fidelityWords(ours.fidelity)}; the peers give back every pixel, so the sizes do not compare directly.`;
}

function sizeSentences(ours: ImagePeerResult, others: readonly ImagePeerResult[]): string[] {
  const mine = ours.ratio;
  const measured = sortPictures(
    others.filter((row) => isExact(row) && row.ratio !== null),
    'ratio',
  );
  if (mine === null || measured.length === 0) return [];
  const smaller = measured.filter(({ ratio }) => ratio !== null && ratio * EQUAL < mine);
  const larger = measured.filter(({ ratio }) => ratio !== null && ratio > mine * EQUAL);
  const [best] = measured;
  const own = `${formatPercent(mine)} of the raw pixels`;
  if (smaller.length === 0) {
    const next = larger[0];
    return [
      next === undefined
        ? `${ours.label} and ${listed(measured)} are the same size, ${own}.`
        : `${ours.label} is the smallest, ${own}; the next, ${next.label}, is larger by ${formatPercent((next.ratio ?? 0) / mine - 1, 0)}.`,
    ];
  }
  const loses =
    larger.length === 0
      ? `${ours.label} is the largest of all, ${own}.`
      : `${ours.label} takes ${own}: less than ${listed(larger)}, more than ${listed(smaller)}.`;
  return [
    loses,
    `${best.label} is the smallest, ${formatPercent(best.ratio ?? 0)}: ${formatPercent(1 - (best.ratio ?? 0) / mine, 0)} less than ${ours.label}${best.randomAccess ? '' : ', but cannot give a single picture by itself'}.`,
  ];
}

function pictureSentence(ours: ImagePeerResult, others: readonly ImagePeerResult[]): string {
  const next = bestPicture(others, 'pictureMicroseconds');
  const mine = ours.pictureMicroseconds;
  if (mine === null || next?.pictureMicroseconds == null) return '';
  const factor = next.pictureMicroseconds / mine;
  const took = formatSeconds(mine / 1e6);
  if (isEqual(factor)) return `${ours.label} and ${next.label} fetch a picture in the same time, ${took}.`;
  return factor > 1
    ? `${ours.label} fetches a picture in ${took}, ${times(factor)} as fast as the next, ${next.label}.`
    : `${next.label} fetches a picture ${times(1 / factor)} as fast as ${ours.label}, which takes ${took}.`;
}

function accessSentence(others: readonly ImagePeerResult[]): string {
  const whole = others.filter(({ randomAccess, ratio }) => !randomAccess && ratio !== null);
  if (whole.length === 0) return '';
  return `${listed(whole)} ${whole.length === 1 ? 'has' : 'have'} to be decoded from the start to reach a picture, and ${whole.length === 1 ? 'is' : 'are'} listed for reference.`;
}

/** Who wins what, a sentence for each, where the archive loses as plainly as where it wins. */
export function pictureVerdict(rows: readonly ImagePeerResult[]): string[] {
  const ours = rows.find(({ isOurs }) => isOurs);
  const others = rows.filter(({ isOurs }) => !isOurs);
  if (ours === undefined || others.length === 0) return [];
  const lossy = others.filter(({ fidelity }) => fidelity?.kind === 'near');
  return [
    fidelitySentence(ours),
    ...sizeSentences(ours, others),
    pictureSentence(ours, others),
    speedSentence(ours, others, 'encodeMegabytesPerSecond', 'encode'),
    speedSentence(ours, others, 'decodeMegabytesPerSecond', 'decode'),
    accessSentence(others),
    lossy.length === 0 ? '' : `Not every pixel came back from ${listed(lossy)}.`,
  ].filter((sentence) => sentence !== '');
}
