/** The theme's colours as numbers, for what is drawn on a canvas. */

export type Rgb = readonly [red: number, green: number, blue: number];

let probe: CanvasRenderingContext2D | null = null;

/** Any CSS colour as red, green and blue. */
export function toRgb(colour: string): Rgb {
  const hex = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(colour);
  if (hex !== null) return [parseInt(hex[1], 16), parseInt(hex[2], 16), parseInt(hex[3], 16)];
  if (probe === null) {
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = 1;
    probe = canvas.getContext('2d', { willReadFrequently: true });
  }
  if (probe === null) return [128, 128, 128];
  probe.fillStyle = colour;
  probe.fillRect(0, 0, 1, 1);
  const [red, green, blue] = probe.getImageData(0, 0, 1, 1).data;
  return [red, green, blue];
}

/** The tokens as they stand for this element: `readPalette(canvas, ['base', 'panel']).base`. */
export function readPalette<N extends string>(element: Element, names: readonly N[]): Record<N, Rgb> {
  const style = getComputedStyle(element);
  const palette = {} as Record<N, Rgb>;
  for (const name of names) palette[name] = toRgb(style.getPropertyValue(`--${name}`).trim());
  return palette;
}

/** From `a` (share 0) to `b` (share 1) as a CSS colour. */
export function mix(a: Rgb, b: Rgb, share: number): string {
  const at = (k: 0 | 1 | 2) => Math.round(a[k] + (b[k] - a[k]) * share);
  return `rgb(${at(0)} ${at(1)} ${at(2)})`;
}

export function solid(colour: Rgb): string {
  return mix(colour, colour, 0);
}
