import { useMemo } from 'react';
import type { PixelBits } from '../../../contracts/images.ts';
import { formatCount, formatPlural, formatValue } from '../../../ui/format.ts';
import { EnlargedPicture } from '../../../ui/pictures/EnlargedPicture.tsx';

interface PixelBitsPicturesProps {
  bits: PixelBits;
  size: { width: number; height: number };
  /** Which picture it is, for those who do not see it, and the class that the mean is of; null for all. */
  name: string;
  className: string | null;
}

/** Where the bits of a picture go, and those of its class on average: the brighter a pixel, the more it takes. */
export function PixelBitsPictures({ bits: { own, mean }, size, name, className }: PixelBitsPicturesProps) {
  const like = className === null ? 'all classes' : `class ${className}`;
  const counted =
    mean.pictures < mean.of
      ? `the first ${formatCount(mean.pictures)} of ${formatPlural(mean.of, 'training picture')}`
      : formatPlural(mean.of, 'training picture');
  return (
    <>
      <BitsPicture title="Where its bits go" of={name} bits={own} size={size} />
      <BitsPicture
        title={`Bits, mean of ${like}`}
        of={`the mean of ${counted}, ${like}`}
        bits={mean.bits}
        size={size}
        note={`${counted}; `}
      />
    </>
  );
}

interface BitsPictureProps {
  title: string;
  of: string;
  bits: Float64Array;
  size: { width: number; height: number };
  note?: string;
}

function BitsPicture({ title, of, bits, size, note = '' }: BitsPictureProps) {
  const { pixels, words } = useMemo(() => shaded(bits), [bits]);
  return (
    <EnlargedPicture
      title={title}
      label={`Bits of every pixel, ${of}: ${words}`}
      size={{ ...size, channels: 1 }}
      pixels={pixels}
      note={`${note}${words}`}
    />
  );
}

/** Bits as levels of grey, white the most. */
function shaded(bits: Float64Array): { pixels: Uint8Array; words: string } {
  const most = bits.reduce((largest, one) => Math.max(largest, one), 0);
  const sum = bits.reduce((total, one) => total + one, 0);
  const pixels = Uint8Array.from(bits, (one) => (most > 0 ? Math.round((255 * one) / most) : 0));
  const words = `${formatValue(sum, 3)} bits in all, ${formatValue(most, 2)} at the brightest pixel`;
  return { pixels, words };
}
