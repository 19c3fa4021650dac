/** The lab's own archive, measured as the peers are. */
import { joinPieces, memorySource } from '../../core/archive/container.ts';
import { CODECS } from '../../core/codecs/registry.ts';
import { decodeAll, openImageArchive } from '../../core/images/archive/read.ts';
import { encodeTable } from '../../core/images/encodeTable.ts';
import type { ImageSet } from '../../core/images/imageSet.ts';
import { makeImageArchive, type ImageLabel } from '../../core/images/makeImageArchive.ts';
import type { ImageSettings } from '../../core/images/settings.ts';
import { listSplit } from '../../core/images/split.ts';
import type { Pulse } from '../../core/pulse.ts';
import type { EncodedPictures, ImagePeer } from './imagePeer.ts';

/** The experiment's archive. */
export interface OurArchive {
  settings: ImageSettings;
  label: ImageLabel;
  /** Bytes of its training part, everything counted. */
  bytes: number;
}

/** @param set the measured pictures, all of them for training */
async function encode(
  set: ImageSet,
  { settings, label }: OurArchive,
  pulse: Pulse,
): Promise<EncodedPictures> {
  const split = listSplit(new Uint8Array(set.records));
  const made = await makeImageArchive(set, split, settings, label, [encodeTable], pulse);
  const file = joinPieces(made.image);
  const open = () => openImageArchive(memorySource(file, { isTrusted: true }));
  return {
    bytes: made.bytes.train,
    async decode(pixels, pulse) {
      pixels.set((await decodeAll(await open(), pulse)).pixels);
    },
    async open() {
      const archive = await open();
      const one = new Uint32Array(1);
      return {
        async fetch(picture) {
          one[0] = picture;
          return (await archive.subset(one)).pixels;
        },
      };
    },
  };
}

/**
 * @param train training pictures of the experiment. Where only some of them are measured, times are those of an
 *   archive of these, and bytes their share of the experiment's own: a smaller archive would have smaller tables
 */
export function archiveImagePeer(set: ImageSet, ours: OurArchive, train: number): ImagePeer {
  const { meta } = CODECS.byName(ours.settings.codec);
  const isAll = set.records === train;
  return {
    name: 'archive',
    label: meta.label,
    sentence:
      meta.bases === null
        ? 'This lab’s archive: one model stored once, any picture read alone.'
        : 'This lab’s archive: bases stored once per class, any picture read alone from its base and its deviation.',
    isOurs: true,
    randomAccess: true,
    stored: {
      bytes: isAll ? ours.bytes : Math.round((ours.bytes * set.records) / train),
      note: isAll
        ? null
        : `Bytes are its share of the archive of all ${train.toLocaleString('en')} training pictures; times are of an archive of the measured ones.`,
    },
    prepare: async () => (pulse) => encode(set, ours, pulse),
  };
}
