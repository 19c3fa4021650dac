/** What an archive of pictures holds, and whether it is whole. */
import { readContents, type ByteSource } from '../src/core/archive/container.ts';
import { isTestGroup, SECTION } from '../src/core/archive/sections.ts';
import { verifyArchive } from '../src/core/verify.ts';
import { openImageArchive } from '../src/core/images/archive/read.ts';
import { pictureBytes } from '../src/core/images/imageSet.ts';
import { describeSection, share, table } from './archiveSections.ts';

async function inspect(source: ByteSource, name: string) {
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

/** Prints it; with `verify` after every checksum was checked and every picture decoded. */
export async function describeImageArchive(
  source: ByteSource,
  name: string,
  { json, verify }: { json: boolean; verify: boolean },
): Promise<void> {
  const found = await inspect(source, name);
  const verification = verify ? await verifyArchive(source) : null;
  if (json) {
    console.log(JSON.stringify({ ...found, verification }, null, 2));
    return;
  }
  const { dataset, shape, fidelity } = found;
  console.log(`${found.file}: ${found.bytes} bytes, ${share(found.bytes, found.rawBytes)} of the pixels`);
  console.log(`Dataset ${dataset.name} (${dataset.fileName}), id ${dataset.id}`);
  console.log(
    `${found.pictures} pictures of ${shape.width} × ${shape.height} × ${shape.channels}, ${found.classes} classes, split ${found.split}`,
  );
  const loss =
    fidelity.kind === 'exact'
      ? 'lossless'
      : `near-lossless: PSNR ${fidelity.psnr.toFixed(2)} dB, largest error ${fidelity.maxError}, ${share(fidelity.exactShare, 1)} exact`;
  console.log(
    `Codec ${found.codec}, transform ${found.transform}, ${found.representation}; ${loss}\n\nBase tables`,
  );
  console.log(
    table([
      ['', 'training', 'bases', 'bytes', 'test', 'bases', 'bytes'],
      ...found.tables.map(({ class: label, training, test }) => [
        label ?? 'all classes',
        ...[training.records, training.bases ?? '–', training.bytes],
        ...[test.records, test.bases ?? '–', test.bytes],
      ]),
    ]),
  );
  console.log(`\n${found.sections} sections, ${found.blocks} blocks`);
  if (verification === null) return;
  const { seconds, records, claims, datasetId } = verification;
  const proof =
    claims === null
      ? `they are the dataset ${datasetId}`
      : `they go by ${datasetId}. That they were made from ${claims}, and with what losses, is only what the archive says`;
  console.log(
    `Checked in ${seconds.toPrecision(3)} s: every checksum, and the pixels of ${records} decoded pictures; ${proof}.`,
  );
}
