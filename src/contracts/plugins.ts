/** What can be chosen, as the page sees it: what plug-ins say of themselves, never what they do. */
import type { CodecMeta } from '../core/codecs/codec.ts';

export type { PluginMeta } from '../core/registry.ts';
export { CODEC_METAS } from '../core/codecs/registry.ts';
export { CONTENDER_METAS } from '../core/contenders/registry.ts';
export { condenserOf, hasBases } from '../core/experiment/settings.ts';
export { REPRESENTATION_METAS } from '../core/images/representations/registry.ts';
export { NEAR_LOSSLESS, representationOf, transformOf } from '../core/images/settings.ts';
export { TRANSFORM_METAS } from '../core/images/transforms/registry.ts';

/** Seconds that one core may take for an archive of so many bytes of float64 or pixels; null where it cannot be told. */
export function secondsToEncode({ speed }: CodecMeta, bytes: number): number | null {
  return speed === null ? null : speed.fitSeconds + bytes / 1e6 / speed.megabytesPerSecond;
}
