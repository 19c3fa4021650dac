/** A figure of the page as the bytes of a file, in the theme that the page has now. */
import { LabError } from '../../contracts/errors.ts';
import { figurePicture, type FigureWords } from './figurePicture.ts';

export type FigureFormat = 'svg' | 'png';

/** Pixels of a PNG for every pixel of the figure. */
const SHARPNESS = 2;

/**
 * @param figure the figure on the page, drawn
 * @returns the file's bytes with their media type
 * @throws LabError FIGURE_FAILED when the browser does not paint the picture
 */
export async function saveFigure(figure: Element, words: FigureWords, format: FigureFormat): Promise<Blob> {
  const text = new XMLSerializer().serializeToString(figurePicture(figure, words));
  const svg = new Blob([`<?xml version="1.0" encoding="UTF-8"?>\n${text}\n`], { type: 'image/svg+xml' });
  return format === 'svg' ? svg : paint(svg);
}

async function paint(svg: Blob): Promise<Blob> {
  const address = URL.createObjectURL(svg);
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = image.naturalWidth * SHARPNESS;
    canvas.height = image.naturalHeight * SHARPNESS;
    const context = canvas.getContext('2d');
    context?.drawImage(image, 0, 0, canvas.width, canvas.height);
    const png = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
    if (png === null) throw new Error('no bytes');
    return png;
  } catch (thrown) {
    throw new LabError('FIGURE_FAILED', 'The browser did not paint the figure as a PNG.', { cause: thrown });
  } finally {
    URL.revokeObjectURL(address);
  }
}
