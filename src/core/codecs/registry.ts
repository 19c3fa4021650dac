/** All codecs. A new one is a folder, and a line in each of the two lists. */
import { MetaRegistry, PluginRegistry, type PluginKind } from '../registry.ts';
import type { Codec, CodecMeta } from './codec.ts';
import { dense, denseMeta } from './dense/index.ts';
import { entrogede, entrogedeHigh, entrogedeHighMeta, entrogedeMeta } from './entrogede/index.ts';
import { greedygd, greedygdMeta } from './greedygd/index.ts';

const KIND: PluginKind = { word: 'codec', code: 'CODEC_UNKNOWN' };

/** What the page lists. */
export const CODEC_METAS = /* @__PURE__ */ new MetaRegistry<CodecMeta>(KIND, [
  entrogedeMeta,
  entrogedeHighMeta,
  greedygdMeta,
  denseMeta,
]);

/** Whether a codec divides records into shared bases and deviations; one that is not known may. */
export function hasBases(codec: string): boolean {
  return CODEC_METAS.find(codec)?.bases !== null;
}

/** What the workers run. */
export const CODECS = /* @__PURE__ */ new PluginRegistry<Codec>(KIND, [
  entrogede,
  entrogedeHigh,
  greedygd,
  dense,
]);
