/** All representations. A new one is a file, and a line in each of the two lists. */
import { MetaRegistry, PluginRegistry, type PluginKind } from '../../registry.ts';
import { zigzag, zigzagMeta } from './zigzag.ts';
import { offset, offsetMeta } from './offset.ts';
import { signMagnitude, signMagnitudeMeta } from './signMagnitude.ts';
import { twosComplement, twosComplementMeta } from './twosComplement.ts';
import type { Representation, RepresentationMeta } from './representation.ts';

const KIND: PluginKind = { word: 'representation', code: 'REPRESENTATION_UNKNOWN' };

/** What the page lists. */
export const REPRESENTATION_METAS = /* @__PURE__ */ new MetaRegistry<RepresentationMeta>(KIND, [
  zigzagMeta,
  offsetMeta,
  signMagnitudeMeta,
  twosComplementMeta,
]);

/** What the workers run. */
export const REPRESENTATIONS = /* @__PURE__ */ new PluginRegistry<Representation>(KIND, [
  zigzag,
  offset,
  signMagnitude,
  twosComplement,
]);
