import { useEffect, useRef, type ReactNode } from 'react';
import { pictureScale } from './gridLayout.ts';
import { writeRgba, type PictureSize } from './pixels.ts';
import './pictures.css';

/** Side of a picture of which nothing else is said. */
const SIDE = 196;

interface EnlargedPictureProps {
  title: ReactNode;
  /** The picture in words. */
  label: string;
  size: PictureSize;
  /** NHWC; the picture that stands at `index`. */
  pixels: Uint8Array;
  index?: number;
  /** CSS pixels that its longer side aims at. */
  side?: number;
  /** Below it. */
  note?: ReactNode;
}

/** One picture, every pixel a square. */
export function EnlargedPicture({
  title,
  label,
  size,
  pixels,
  index = 0,
  side = SIDE,
  note,
}: EnlargedPictureProps) {
  const ref = useRef<HTMLCanvasElement>(null);
  const { width, height, channels } = size;
  useEffect(() => {
    const context = ref.current?.getContext('2d') ?? null;
    if (context === null) return;
    const image = context.createImageData(width, height);
    writeRgba(pixels, index, { width, height, channels }, image.data, width, 0);
    context.putImageData(image, 0, 0);
  }, [pixels, index, width, height, channels]);
  const shown = pictureScale(size, side, 1, side * 1.4);
  return (
    <figure className="enlarged">
      <figcaption>{title}</figcaption>
      <canvas
        ref={ref}
        width={width}
        height={height}
        role="img"
        aria-label={label}
        className={shown.isSmooth ? 'enlarged-canvas' : 'enlarged-canvas enlarged-pixels'}
        style={{ width: shown.width }}
      />
      {note !== undefined && <p className="enlarged-note">{note}</p>}
    </figure>
  );
}
