/** Pictures of any size become pictures of one. */
import type { ImageShape } from '../../core/images/imageSet.ts';
import type { Picture, SizeRule } from '../imageReading.ts';
import { isTransparent, withChannels } from './colour.ts';

/**
 * Resizes by the mean over areas. The picture is stretched over the new grid, and every new pixel is the mean of what
 * lies under it, parts of pixels by their share: exact in both directions, sums are whole numbers. A picture that
 * grows has at most two pixels under a new one, and shows its pixels as squares with mixed borders; nothing is
 * invented between them.
 *
 * @param picture of 1 or 3 channels
 */
export function resizeByArea(picture: Picture, width: number, height: number): Picture {
  const { channels } = picture;
  if (picture.width === width && picture.height === height) return picture;
  const rowLength = width * channels;
  const data = new Uint8Array(height * rowLength);
  // A source pixel is `height` units high and `width` wide, a new one `picture.height` and `picture.width`.
  const row = new Float64Array(rowLength);
  const sums = new Float64Array(rowLength);
  const total = picture.width * picture.height;
  let y = 0;
  let left = picture.height;
  for (let sourceY = 0; sourceY < picture.height; sourceY++) {
    sumRow(picture, sourceY, width, row);
    for (let units = height; units > 0;) {
      const share = Math.min(units, left);
      for (let i = 0; i < rowLength; i++) sums[i] += share * row[i];
      units -= share;
      left -= share;
      if (left > 0) continue;
      const to = y * rowLength;
      for (let i = 0; i < rowLength; i++) {
        data[to + i] = Math.floor((sums[i] + total / 2) / total);
        sums[i] = 0;
      }
      y++;
      left = picture.height;
    }
  }
  return { width, height, channels, data };
}

/** Sums one row over the new pixels' widths, in units of 1/width of a source pixel. */
function sumRow(picture: Picture, y: number, width: number, row: Float64Array): void {
  const { channels, data } = picture;
  row.fill(0);
  let to = 0;
  let left = picture.width;
  let from = y * picture.width * channels;
  for (let x = 0; x < picture.width; x++, from += channels) {
    for (let units = width; units > 0;) {
      const share = Math.min(units, left);
      for (let channel = 0; channel < channels; channel++) row[to + channel] += share * data[from + channel];
      units -= share;
      left -= share;
      if (left > 0) continue;
      to += channels;
      left = picture.width;
    }
  }
}

/** Cuts at the centre; where a side leaves an odd number of pixels, the greater half is cut at its end. */
function cropCentre(picture: Picture, width: number, height: number): Picture {
  const { channels } = picture;
  const x = Math.floor((picture.width - width) / 2);
  const y = Math.floor((picture.height - height) / 2);
  const rowLength = width * channels;
  const data = new Uint8Array(height * rowLength);
  for (let row = 0; row < height; row++) {
    const from = ((y + row) * picture.width + x) * channels;
    data.set(picture.data.subarray(from, from + rowLength), row * rowLength);
  }
  return { width, height, channels, data };
}

/** Makes a picture that is smaller than the cut as large as it has to be, its proportions kept. */
function coverArea(picture: Picture, width: number, height: number): Picture {
  if (picture.width >= width && picture.height >= height) return picture;
  return picture.width * height < picture.height * width
    ? resizeByArea(picture, width, Math.max(height, Math.round((picture.height * width) / picture.width)))
    : resizeByArea(picture, Math.max(width, Math.round((picture.width * height) / picture.height)), height);
}

/**
 * Writes a picture in the set's size and channels: alpha laid on white, then stretched by area means, or cut at the
 * centre. A picture that is smaller than the cut is enlarged until it covers it; nothing is padded.
 *
 * @param rule "only" takes pictures of the size alone
 * @param pixels where it goes, from byte `at` on
 * @returns whether the picture let something through and was laid on white
 */
export function fitPicture(
  picture: Picture,
  shape: ImageShape,
  rule: SizeRule,
  pixels: Uint8Array,
  at = 0,
): { isFlattened: boolean } {
  const { width, height, channels } = shape;
  if (rule === 'only' && (picture.width !== width || picture.height !== height))
    throw new RangeError(`A picture of ${picture.width} × ${picture.height} is not ${width} × ${height}.`);
  const isFlattened = isTransparent(picture);
  let fitted = withChannels(picture, channels);
  if (rule === 'crop') fitted = cropCentre(coverArea(fitted, width, height), width, height);
  else fitted = resizeByArea(fitted, width, height);
  pixels.set(fitted.data, at);
  return { isFlattened };
}
