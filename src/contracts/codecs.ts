/** The codecs that can be chosen, as the page sees them: whatever is registered in the core. */
import { CODECS } from '../core/codecs/registry.ts';
import type { CodecMeta } from '../core/codecs/codec.ts';

export const CODEC_CHOICES: readonly CodecMeta[] = CODECS.map(({ meta }) => meta);
