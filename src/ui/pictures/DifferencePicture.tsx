import { useMemo } from 'react';
import { formatPercent, formatPlural } from '../format.ts';
import { EnlargedPicture } from './EnlargedPicture.tsx';
import { differenceOf, type PictureSize } from './pixels.ts';

interface DifferencePictureProps {
  /** Whose difference it is, for screen readers. */
  name: string;
  before: Uint8Array;
  after: Uint8Array;
  size: PictureSize;
  side?: number;
}

/** What the way through the archive has changed, made visible, with the factor said. */
export function DifferencePicture({ name, before, after, size, side }: DifferencePictureProps) {
  const difference = useMemo(() => differenceOf(before, after), [before, after]);
  const { largest, changed, values, factor, pixels } = difference;
  const words =
    largest === 0
      ? 'none: every value came back exactly'
      : `at most ${formatPlural(largest, 'level')}; ${formatPercent(changed / Math.max(1, values))} of the values differ. Shown ${factor === 1 ? 'as it is' : `${factor} times`} around grey: brighter is more, darker is less.`;
  return (
    <EnlargedPicture
      title={factor === 1 || largest === 0 ? 'Difference' : `Difference × ${factor}`}
      label={`Difference of ${name}: ${words}`}
      size={size}
      side={side}
      pixels={pixels}
      note={words}
    />
  );
}
