/** A link as a QR code: drawn, and as files. */
import { encode } from 'uqr';

/** Most bytes of a link that a phone still reads off a wall: beyond, the modules become too small. */
export const MOST_QR_BYTES = 1_000;
/** Light modules around the code, as readers need them. */
const BORDER = 4;
/** Pixels of a PNG for every module. */
const MODULE_PIXELS = 10;

export interface QrCode {
  /** Modules of a side, the border included. */
  readonly size: number;
  /** The dark modules as an SVG path, a unit each. */
  readonly path: string;
}

/** Null where the text is too long to be read by a phone. */
export function qrCodeOf(text: string): QrCode | null {
  if (new TextEncoder().encode(text).length > MOST_QR_BYTES) return null;
  const { data, size } = encode(text, { ecc: 'L', border: BORDER });
  return { size, path: pathOf(data) };
}

/** Every run of dark modules in a row as a rectangle. */
function pathOf(rows: readonly (readonly boolean[])[]): string {
  const runs: string[] = [];
  rows.forEach((row, y) => {
    for (let x = 0; x < row.length; x++) {
      if (!row[x]) continue;
      const begun = x;
      while (row[x + 1]) x++;
      const length = x + 1 - begun;
      runs.push(`M${begun} ${y}h${length}v1h-${length}z`);
    }
  });
  return runs.join('');
}

/** As a file that needs no style sheet. */
export function qrSvg({ size, path }: QrCode): string {
  const side = size * MODULE_PIXELS;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}" viewBox="0 0 ${size} ${size}" ` +
    `shape-rendering="crispEdges"><path fill="#fff" d="M0 0h${size}v${size}h-${size}z"/><path d="${path}"/></svg>\n`
  );
}

/** Null where the browser paints none. */
export function qrPng({ size, path }: QrCode): Promise<Blob | null> {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = size * MODULE_PIXELS;
  const context = canvas.getContext('2d');
  if (context === null) return Promise.resolve(null);
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.scale(MODULE_PIXELS, MODULE_PIXELS);
  context.fillStyle = '#000';
  context.fill(new Path2D(path));
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/png'));
}
