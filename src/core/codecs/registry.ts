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

/** What the workers run. */
export const CODECS = /* @__PURE__ */ new PluginRegistry<Codec>(KIND, [
  entrogede,
  entrogedeHigh,
  greedygd,
  dense,
]);
