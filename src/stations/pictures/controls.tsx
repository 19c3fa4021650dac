/**
 * The controls that decide how pictures are encoded. Bits, Archive and Sweep show them, each the ones it needs; every
 * one reads and changes the settings of the open pictures by itself.
 */
import type { Objective } from '../../contracts/codec.ts';
import { BLOCK_BYTES_CHOICES, type ImageSettings } from '../../contracts/images.ts';
import {
  CODEC_METAS,
  REPRESENTATION_METAS,
  representationOf,
  TRANSFORM_METAS,
} from '../../contracts/plugins.ts';
import { Select, Slider, Switch, type Option } from '../../ui/controls/index.ts';
import { formatBytes, formatCount } from '../../ui/format.ts';
import { pluginOptions } from '../pluginOptions.ts';
import { useLabParts } from '../useLab.ts';

/** What is said of a transform that loses a little. */
export const NEAR_LOSSLESS = 'Near-lossless: pixels may come back a few levels off.';

const OBJECTIVES: readonly Option<Objective>[] = [
  { value: 'true', label: 'True size', description: 'The bytes of the file, constant bits stored once.' },
  { value: 'equation1', label: 'Equation 1', description: 'The paper’s S, constant bits in every base.' },
];

/** What a block of each size is good for. */
const BLOCK_WORDS: Record<(typeof BLOCK_BYTES_CHOICES)[number], string> = {
  4_096: 'One picture, or a small share, is fetched with hardly anything beside it.',
  16_384: 'For samples of a few per cent.',
  65_536: 'For samples of a tenth and more.',
  262_144: 'The fewest reads: nearly the whole archive for any sample.',
};

const BLOCKS: readonly Option[] = BLOCK_BYTES_CHOICES.map((bytes) => ({
  value: String(bytes),
  label: blockWords(bytes),
  description: BLOCK_WORDS[bytes],
}));

/** τ on the slider; a link may bring a larger one. */
const MOST_TAU = 256;

/** "64 KiB": blocks come in powers of two. */
function blockWords(bytes: number): string {
  return bytes % 1024 === 0 ? `${formatCount(bytes / 1024)}\u202fKiB` : formatBytes(bytes);
}

/** How the signed values of an encoding are written, in a word; null where there are none. */
function representationWord(encoding: Pick<ImageSettings, 'transform' | 'representation'>): string | null {
  const name = representationOf(encoding);
  return name === null ? null : (REPRESENTATION_METAS.find(name)?.label ?? name).toLowerCase();
}

/** "pixels", "DCT · zigzag" */
export function shortEncoding(encoding: Pick<ImageSettings, 'transform' | 'representation'>): string {
  const { transform } = encoding;
  return joined(TRANSFORM_METAS.find(transform)?.short ?? transform, representationWord(encoding));
}

/** "Pixels as they are", "DCT, whole channel · zigzag" */
export function encodingWords(encoding: Pick<ImageSettings, 'transform' | 'representation'>): string {
  const { transform } = encoding;
  return joined(TRANSFORM_METAS.find(transform)?.label ?? transform, representationWord(encoding));
}

const joined = (words: string, more: string | null): string => (more === null ? words : `${words} · ${more}`);

function useImageSettings() {
  return useLabParts((lab) => ({ settings: lab.images.settings, change: lab.changeImages }));
}

export function CodecControl() {
  const { settings, change } = useImageSettings();
  return (
    <Select
      label="Codec"
      value={settings.codec}
      options={pluginOptions(CODEC_METAS)}
      onChange={(codec) => change({ codec })}
      hint={CODEC_METAS.find(settings.codec)?.sentence}
      more={
        <p>
          All of them divide the bits of every picture between bases, which pictures share, and deviations,
          which they keep; they differ in how they choose the bits of the base. Any picture can be read alone.
        </p>
      }
    />
  );
}

export function TransformControl() {
  const { settings, change } = useImageSettings();
  const meta = TRANSFORM_METAS.find(settings.transform);
  return (
    <Select
      label="Transform"
      value={settings.transform}
      options={pluginOptions(TRANSFORM_METAS)}
      onChange={(transform) => change({ transform })}
      hint={
        meta === undefined
          ? undefined
          : `What the codec sees: ${meta.seen}. ${meta.isLossless ? 'Lossless.' : NEAR_LOSSLESS}`
      }
      more={
        <>
          <p>
            Pixels as they are suit pictures with much that never changes, such as digits on black. Colour
            photographs have hardly a bit in common; as frequencies of brightness and colour most of their
            values are small.
          </p>
          <p>
            The discrete cosine transform (DCT) is rounded to whole numbers. That costs a few levels of some
            pixels, which the archive states as PSNR, largest error and share of exact values.
          </p>
        </>
      }
    />
  );
}

export function RepresentationControl() {
  const { settings, change } = useImageSettings();
  const isPlain = representationOf(settings) === null;
  return (
    <Select
      label="Signed values as bits"
      value={settings.representation}
      options={pluginOptions(REPRESENTATION_METAS)}
      isDisabled={isPlain}
      onChange={(representation) => change({ representation })}
      hint={
        isPlain
          ? 'Pixels are unsigned already: this is for frequencies.'
          : REPRESENTATION_METAS.find(settings.representation)?.sentence
      }
      more={
        <p>
          Frequencies have a sign. How it is written decides which of their bits are the same in most pictures
          and can go to the bases. Every column is as narrow as its own values allow.
        </p>
      }
    />
  );
}

export function ClassWiseControl() {
  const { settings, change } = useImageSettings();
  return (
    <Switch
      label="A base table for every class"
      value={settings.classWise}
      onChange={(classWise) => change({ classWise })}
      hint={
        settings.classWise
          ? 'Pictures of one class share bases: they have the most in common.'
          : 'All pictures share one table, as the comparison: it is usually larger.'
      }
    />
  );
}

export function TauControl() {
  const { settings, change } = useImageSettings();
  return (
    <Slider
      label="Plateau threshold τ"
      value={Math.min(settings.tau, MOST_TAU)}
      min={1}
      max={MOST_TAU}
      tone="base"
      format={() => formatCount(settings.tau)}
      onChange={(tau) => change({ tau })}
      hint="How many bits in a row may fail to help before the search for the base stops."
      more={
        <p>
          Bits are added to the base one at a time, the most predictable first, and the size is counted
          exactly after each. A larger τ looks further beyond a bump and takes longer.
        </p>
      }
    />
  );
}

export function ObjectiveControl() {
  const { settings, change } = useImageSettings();
  return (
    <Select
      label="Minimise"
      value={settings.objective}
      options={OBJECTIVES}
      onChange={(objective) => change({ objective })}
      hint="What the search for the base makes as small as it can."
    />
  );
}

export function BlockBytesControl() {
  const { settings, change } = useImageSettings();
  const value = String(settings.blockBytes);
  return (
    <Select
      label="Block of pictures"
      value={value}
      options={BLOCKS}
      onChange={(bytes) => change({ blockBytes: Number(bytes) })}
      hint={
        BLOCKS.find((block) => block.value === value)?.description ??
        'What is read from the archive to have one picture.'
      }
      more={
        <p>
          Pictures are read block by block. Large blocks need fewer reads and fewer index entries; a random
          sample then touches nearly all of them, and reads more than it uses. Learn states the bytes that a
          sample has read.
        </p>
      }
    />
  );
}
