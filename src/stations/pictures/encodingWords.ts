/** How pictures are encoded, in words: transform and representation. */
import type { ImageSettings } from '../../contracts/images.ts';
import {
  REPRESENTATION_METAS,
  representationOf,
  TRANSFORM_METAS,
  transformOf,
} from '../../contracts/plugins.ts';

type Encoding = Pick<ImageSettings, 'transform' | 'representation'> & Partial<Pick<ImageSettings, 'codec'>>;

/** How the signed values of an encoding are written, in a word; null where there are none. */
function representationWord(encoding: Encoding): string | null {
  const name = representationOf(encoding);
  return name === null ? null : (REPRESENTATION_METAS.find(name)?.label ?? name).toLowerCase();
}

/** "pixels", "DCT · zigzag" */
export function shortEncoding(encoding: Encoding): string {
  const transform = transformOf(encoding);
  return joined(TRANSFORM_METAS.find(transform)?.short ?? transform, representationWord(encoding));
}

/** "Pixels as they are", "DCT, whole channel · zigzag" */
export function encodingWords(encoding: Encoding): string {
  const transform = transformOf(encoding);
  return joined(TRANSFORM_METAS.find(transform)?.label ?? transform, representationWord(encoding));
}

const joined = (words: string, more: string | null): string => (more === null ? words : `${words} · ${more}`);
