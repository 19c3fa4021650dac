/** Pictures of several sizes: what each rule does to them, counted and drawn. */
import type { ImageSummary, SizeCount, SizeRule } from '../../../contracts/images.ts';
import { formatCount, formatPlural } from '../../../ui/format.ts';

interface Size {
  width: number;
  height: number;
}

export const sameSize = (a: Size, b: Size): boolean => a.width === b.width && a.height === b.height;

export const SIZE_RULES: readonly { value: SizeRule; label: string; description: string }[] = [
  {
    value: 'resize',
    label: 'Average to the size',
    description: 'The whole picture stays; where its proportions differ it is stretched.',
  },
  {
    value: 'crop',
    label: 'Cut at the centre',
    description: 'Proportions stay; what lies outside is cut off.',
  },
  { value: 'only', label: 'Only that size', description: 'Pictures of any other size are left out.' },
];

export interface SizeOutcome {
  /** Pictures that are of the size already. */
  fitting: number;
  /** Pictures of any other size among those that are listed. */
  others: number;
}

/** How many of the listed pictures have the size, and how many have another. */
export function sizeOutcome(sizes: readonly SizeCount[], size: Size): SizeOutcome {
  let fitting = 0;
  let others = 0;
  for (const one of sizes) {
    if (sameSize(one, size)) fitting += one.count;
    else others += one.count;
  }
  return { fitting, others };
}

const DONE_TO_OTHERS: Record<SizeRule, string> = {
  resize: 'averaged to it',
  crop: 'cut to it at the centre',
  only: 'left out',
};

/** What a rule does, with the numbers. Sizes beyond those listed are too many to count. */
export function outcomeWords(
  { sizes, sizeCount }: Pick<ImageSummary, 'sizes' | 'sizeCount'>,
  size: Size,
  rule: SizeRule,
): string {
  const { fitting, others } = sizeOutcome(sizes, size);
  const more = sizeCount > sizes.length ? 'more than ' : '';
  return `${formatPlural(fitting, 'picture')} ${fitting === 1 ? 'is' : 'are'} ${size.width} × ${size.height} already; ${more}${formatCount(others)} ${others === 1 && more === '' ? 'is' : 'are'} ${DONE_TO_OTHERS[rule]}.`;
}

/** The part of a picture that comes to stand in the new one, in pixels of the picture, or null when it is left out. */
export function keptPart(
  from: Size,
  to: Size,
  rule: SizeRule,
): { x: number; y: number; width: number; height: number } | null {
  if (rule === 'only') return sameSize(from, to) ? { x: 0, y: 0, ...from } : null;
  if (rule === 'resize') return { x: 0, y: 0, ...from };
  // A picture that is smaller than the cut on any side is enlarged first, until it covers it.
  const times = Math.max(1, to.width / from.width, to.height / from.height);
  const width = Math.min(from.width, to.width / times);
  const height = Math.min(from.height, to.height / times);
  return { x: (from.width - width) / 2, y: (from.height - height) / 2, width, height };
}
