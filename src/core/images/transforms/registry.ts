/** All transforms. A new one is a file, and a line in each of the two lists. */
import { MetaRegistry, PluginRegistry, type PluginKind } from '../../registry.ts';
import { none, noneMeta } from './none.ts';
import { dct, dctMeta } from './dct.ts';
import { dct8, dct8Meta } from './dct8.ts';
import type { ImageTransform, TransformMeta } from './transform.ts';

const KIND: PluginKind = { word: 'transform', code: 'TRANSFORM_UNKNOWN' };

/** What the page lists. */
export const TRANSFORM_METAS = /* @__PURE__ */ new MetaRegistry<TransformMeta>(KIND, [
  noneMeta,
  dctMeta,
  dct8Meta,
]);

/** What the workers run. */
export const TRANSFORMS = /* @__PURE__ */ new PluginRegistry<ImageTransform>(KIND, [none, dct, dct8]);
