/** What an archive of pictures holds. */
import { readContents, type ByteSource } from '../../src/core/archive/container.ts';
import { isTestGroup, SECTION } from '../../src/core/archive/sections.ts';
import { openImageArchive } from '../../src/core/images/archive/read.ts';
import { pictureBytes } from '../../src/core/images/imageSet.ts';
import { columns, share } from '../words.ts';
import { describeSection } from './sections.ts';

export async function inspectPictures(source: ByteSource, name: string) {
  const archive = await openImageArchive(source);
  const { codec } = archive;
  const sections = (await readContents(source)).map((section) => ({
    ...describeSection(section, codec),
    number: section.group,
  }));
  const ofTables = new Set<number>([SECTION.columnForms, ...codec.sections.map(({ type }) => type)]);
  const { schema, classNames } = archive;
  const tables = archive.tables.map(({ label, train, test }, t) => {
    const own = sections.filter(
      ({ type, number }) => ofTables.has(type) && Math.floor((number - 1) / 2) === t,
    );
    const bytesOf = (isTest: boolean): number =>
      own
        .filter(({ number }) => isTestGroup(number) === isTest)
        .reduce((sum, section) => sum + section.bytes, 0);
    return {
      class: label === null ? null : classNames[label],
      training: { records: train.records, bases: train.bases?.baseCount ?? null, bytes: bytesOf(false) },
      test: { records: test.records, bases: test.bases?.baseCount ?? null, bytes: bytesOf(true) },
    };
  });
  return {
    file: name,
    bytes: source.size,
    dataset: { id: schema.datasetId, name: schema.name, fileName: schema.fileName },
    pictures: schema.records,
    shape: archive.shape,
    rawBytes: schema.records * pictureBytes(archive.shape),
    classes: classNames.length,
    codec: codec.meta.name,
    transform: schema.transform,
    representation: schema.representation,
    split: archive.isSplitGiven ? 'given' : 'made',
    fidelity: archive.fidelity,
    tables,
    sections: sections.length,
    blocks: sections.reduce((sum, { blocks }) => sum + blocks, 0),
  };
}

export function picturesInWords(found: Awaited<ReturnType<typeof inspectPictures>>): string {
  const { dataset, shape, fidelity } = found;
  const loss =
    fidelity.kind === 'exact'
      ? 'lossless'
      : `near-lossless: PSNR ${fidelity.psnr.toFixed(2)} dB, largest error ${fidelity.maxError}, ${share(fidelity.exactShare, 1)} exact`;
  return [
    `${found.file}: ${found.bytes.toLocaleString('en')} bytes, ${share(found.bytes, found.rawBytes)} of the pixels`,
    `Dataset ${dataset.name} (${dataset.fileName}), id ${dataset.id}`,
    `${found.pictures.toLocaleString('en')} pictures of ${shape.width} × ${shape.height} × ${shape.channels}, ${found.classes} classes, split ${found.split}`,
    `Codec ${found.codec}, transform ${found.transform}, ${found.representation}; ${loss}`,
    '\nBase tables',
    columns([
      ['', 'training', 'bases', 'bytes', 'test', 'bases', 'bytes'],
      ...found.tables.map(({ class: label, training, test }) => [
        label ?? 'all classes',
        ...[training.records, training.bases ?? '–', training.bytes],
        ...[test.records, test.bases ?? '–', test.bytes],
      ]),
    ]),
    `\n${found.sections} sections, ${found.blocks} blocks`,
  ].join('\n');
}
