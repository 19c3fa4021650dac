/** A figure as the bytes of a file, in the theme that the page has now. */
import { LabError } from '../../contracts/errors.ts';
import { figureSvg, type FigureTheme, type SavedFigure } from './figureSvg.ts';

export type FigureFormat = 'svg' | 'png';

/** Pixels of a PNG for every pixel of the figure. */
const SHARPNESS = 2;

/** The page's theme in plain values. */
function readTheme(): FigureTheme {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string) => style.getPropertyValue(name).trim();
  return {
    ink: token('--ink'),
    soft: token('--soft'),
    line: token('--line'),
    lineStrong: token('--line-strong'),
    panel: token('--panel'),
    font: token('--font'),
    colourOf: (colour) => {
      const name = /^var\((--[\w-]+)\)$/.exec(colour)?.[1];
      return name === undefined ? colour : token(name);
    },
  };
}

/**
 * @returns the file's bytes with their media type
 * @throws LabError FIGURE_FAILED when the browser does not paint the picture
 */
export async function saveFigure(figure: SavedFigure, format: FigureFormat): Promise<Blob> {
  const svg = new Blob([figureSvg(figure, readTheme())], { type: 'image/svg+xml' });
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
