/**
 * Archives of every codec with some bytes of one section changed and every checksum right: what only malice or a bug
 * would write. They may decode to something else, or be refused; they may neither fail otherwise nor go on for ever.
 */
import { joinPieces, layOutContainer, memorySource, type Section } from '../../../core/archive/container.ts';
import { decodeTable, openArchive } from '../../../core/archive/read.ts';
import { CODECS } from '../../../core/codecs/registry.ts';
import { makeArchive } from '../../../core/experiment/archiving.ts';
import { DEFAULT_SETTINGS } from '../../../core/experiment/settings.ts';
import { Workbench } from '../../../core/experiment/workbench.ts';
import { decodeAll, openImageArchive } from '../../../core/images/archive/read.ts';
import { madeFrom } from '../../../core/images/testing/imageArchives.ts';
import { randomImages } from '../../../core/images/testing/randomImages.ts';
import { SILENT_PULSE } from '../../../core/pulse.ts';
import { datasetId } from '../../../core/table/datasetId.ts';
import { randomTable, textColumn } from '../../../core/testing/randomTables.ts';
import { storedSections } from '../../../core/testing/storedSections.ts';
import { damage, type Chance, type FuzzGenerator } from './generator.ts';

/** Share of inputs of which the codec's own sections are damaged. */
const OWN_SHARE = 0.9;

let sound: readonly (readonly Section[])[] = [];

const NUMBERS = randomTable({
  seed: 4,
  rows: 150,
  columns: [
    { kind: 'decimal', missing: true },
    { kind: 'special', missing: false },
    { kind: 'category', missing: false },
    { kind: 'ratio', missing: false },
  ],
});

/** Enough text for a codec that codes it to do so. */
const TABLE = {
  ...NUMBERS,
  columns: [
    ...NUMBERS.columns,
    textColumn(
      'title',
      Array.from(
        { length: NUMBERS.rows },
        (_, k) => `The ${k % 2 === 0 ? 'return' : 'son'} of no. ${k % 37}`,
      ),
    ),
  ],
};

const PICTURES = [1, 3].map((channels) =>
  randomImages({
    seed: 6,
    shape: { width: 7, height: 5, channels: channels as 1 | 3 },
    records: 40,
    classes: 2,
    given: 'third',
  }),
);

async function makeSound(): Promise<Section[][]> {
  const all: Section[][] = [];
  const label = { datasetId: datasetId(TABLE), name: '', fileName: '', csvBytes: 0 };
  for (const codec of CODECS.names) {
    const settings = { ...DEFAULT_SETTINGS, codec };
    const { image } = await makeArchive(new Workbench(TABLE), settings, label, SILENT_PULSE);
    all.push(storedSections(image));
    for (const pictures of PICTURES) {
      const made = await madeFrom(pictures, { codec, blockBytes: 512 });
      all.push(storedSections(made.image));
    }
  }
  return all;
}

function damaged(random: Chance, sections: readonly Section[]): Uint8Array {
  const isOwn = random.is(OWN_SHARE);
  const filled = sections.filter(({ blocks, codec }) => blocks.length > 0 && (codec !== 0) === isOwn);
  const chosen = random.one(filled);
  const block = random.whole(0, chosen.blocks.length - 1);
  return joinPieces(
    layOutContainer(
      sections.map((section) =>
        section !== chosen
          ? section
          : {
              ...section,
              blocks: section.blocks.map((bytes, b) => (b === block ? damage(random, bytes) : bytes)),
            },
      ),
    ),
  );
}

export const ARCHIVE_FUZZ: FuzzGenerator = {
  name: 'archive',
  async prepare() {
    if (sound.length === 0) sound = await makeSound();
  },
  make: (random) => damaged(random, random.one(sound)),
  async read(bytes) {
    const source = memorySource(bytes);
    try {
      await decodeTable(await openArchive(source));
    } catch (thrown) {
      if (!(thrown instanceof Error && 'code' in thrown && thrown.code === 'ARCHIVE_HOLDS_IMAGES'))
        throw thrown;
      await decodeAll(await openImageArchive(source));
    }
  },
};
