/** `bench archive FILE`: what an archive holds, outside of the browser, and whether it is whole. */
import { statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { breakDown, breakdownBytes } from '../src/core/archive/breakdown.ts';
import { readContents, type ByteSource } from '../src/core/archive/container.ts';
import { openArchive, type ArchiveGroup, type OpenArchive } from '../src/core/archive/read.ts';
import { GROUP } from '../src/core/archive/sections.ts';
import { isImageArchive } from '../src/core/images/archive/read.ts';
import { verifyArchive } from '../src/core/verify.ts';
import { ByteReader } from '../src/core/bits/bytes.ts';
import { describeMapping, mappingBits } from '../src/core/table/mapping.ts';
import { rawFloat64Bytes } from '../src/core/table/table.ts';
import { describeSection, printSections, share, table } from './archiveSections.ts';
import { describeImageArchive } from './imageArchive.ts';
import { Options } from './options.ts';

export const ARCHIVE_USAGE = `bench archive FILE [--verify] [--any-size] [--json]
Prints what an archive holds: sections, columns, groups, where the bytes went. --verify checks every checksum, decodes
every record and compares the table with the dataset that the archive names. --any-size reads an archive that claims to
take more memory than a file of its size should.`;

const FLAGS = new Set(['verify', 'any-size', 'json', 'help']);

/** Bytes before the format version in a container's header. */
const MAGIC_BYTES = 4;

/** Runs work over a file by byte range, and closes it. */
async function withSource<T>(
  path: string,
  isTrusted: boolean,
  work: (source: ByteSource) => Promise<T>,
): Promise<T> {
  const size = statSync(path).size;
  const file = await open(path);
  try {
    return await work({
      size,
      isTrusted,
      async read(offset, length) {
        // A damaged archive may ask for more than there is.
        const bytes = new Uint8Array(Math.max(0, Math.min(length, size - offset)));
        await file.read(bytes, 0, bytes.length, offset);
        return bytes;
      },
    });
  } finally {
    await file.close();
  }
}

/** A group without bases has neither them nor a number of bits for every record. */
function describeGroup({ records, recordsPerBlock, bases }: ArchiveGroup) {
  const { baseCount = null, idBits = null, stride = null } = bases ?? {};
  return { records, bases: baseCount, idBits, bitsPerRecord: stride, recordsPerBlock };
}

/** Everything that opening an archive tells, without its records. */
async function inspect(source: ByteSource, name: string) {
  const sections = await readContents(source);
  const archive = await openArchive(source);
  const version = new ByteReader(await source.read(MAGIC_BYTES, 2), 'the header').uint16();
  const { schema, train, test } = archive;
  const breakdown = breakDown(archive.codec, sections, (group) => (group === GROUP.train ? train : test));
  const trainBytes = breakdownBytes(breakdown.train);
  const rawBytes = rawFloat64Bytes(train.records, schema.columns.length);
  return {
    file: name,
    formatVersion: version,
    bytes: source.size,
    dataset: {
      id: schema.datasetId,
      name: schema.name,
      fileName: schema.fileName,
      csvBytes: schema.csvBytes,
    },
    rows: schema.rows,
    columns: describeColumns(archive),
    split: archive.rule,
    codec: archive.codec.meta.name,
    recordBits: archive.layout.recordBits,
    baseBits: archive.inBase?.reduce((sum, flag) => sum + flag, 0) ?? null,
    groups: { training: describeGroup(train), test: describeGroup(test) },
    storage: {
      trainingBytes: trainBytes,
      testBytes: breakdownBytes(breakdown.test),
      ratioToFloat64: rawBytes === 0 ? null : Number((trainBytes / rawBytes).toPrecision(5)),
      training: breakdown.train,
      test: breakdown.test,
    },
    analyticsBits: archive.analytics?.cells.length ?? 0,
    condensedSamplesStored: archive.samples?.rows ?? null,
    experiment: readExperiment(archive.experiment),
    sections: sections.map((section) => describeSection(section, archive.codec)),
  };
}

function describeColumns({ schema }: OpenArchive) {
  return schema.columns.map(({ name, mapping, time }) => ({
    name,
    mapping: mapping.kind,
    description: describeMapping(mapping),
    bits: mappingBits(mapping),
    missing: mapping.missing,
    ...(time === undefined ? {} : { time }),
  }));
}

/** The settings as JSON has them; text that is none is shown as it is. */
function readExperiment(text: string | null): unknown {
  if (text === null) return null;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

type Inspection = Awaited<ReturnType<typeof inspect>>;

function print(found: Inspection): void {
  const { dataset, groups, storage, split } = found;
  const rule =
    split.kind === 'random'
      ? `random, seed ${split.seed}, test share ${split.testFraction}`
      : `the last ${split.testRows} records are test records`;
  console.log(`${found.file}: ${found.bytes} bytes, format ${found.formatVersion}, codec ${found.codec}`);
  console.log(`Dataset ${dataset.name} (${dataset.fileName}), id ${dataset.id}`);
  console.log(`${found.rows} records of ${found.columns.length} columns, ${found.recordBits} bits each`);
  console.log(`Split: ${rule}\n\nColumns`);
  console.log(
    table(found.columns.map((c) => [c.name, c.description, c.missing ? 'missing cells' : '', c.time ?? ''])),
  );
  console.log('\nGroups');
  console.log(
    table([
      ['', 'records', 'bases', 'ID bits', 'bits per record', 'bytes'],
      ...(['training', 'test'] as const).map((name) => {
        const { records, bases, idBits, bitsPerRecord } = groups[name];
        const bytes = name === 'training' ? storage.trainingBytes : storage.testBytes;
        return [name, records, bases ?? '–', idBits ?? '–', bitsPerRecord ?? '–', bytes];
      }),
    ]),
  );
  const ratio =
    storage.ratioToFloat64 === null ? '' : `, ${(100 * storage.ratioToFloat64).toFixed(2)} % of float64`;
  console.log(`\nBytes of the training part${ratio}`);
  console.log(
    table(
      Object.entries<number>({ ...storage.training }).map(([name, bytes]) => [
        name,
        bytes,
        share(bytes, storage.trainingBytes),
      ]),
    ),
  );
  printSections(found.sections);
  console.log(
    `\nAnalytics bits: ${found.analyticsBits}; stored condensed samples: ${found.condensedSamplesStored ?? 'none'}`,
  );
  console.log(`Experiment: ${JSON.stringify(found.experiment)}`);
}

export async function benchArchive(args: readonly string[]): Promise<void> {
  const options = new Options(args, FLAGS);
  const [path] = options.rest;
  if (options.flag('help')) {
    console.log(ARCHIVE_USAGE);
    return;
  }
  if (path === undefined) throw new Error(`Which file? Usage: ${ARCHIVE_USAGE}`);
  const json = options.flag('json');
  const verify = options.flag('verify');
  const isTrusted = options.flag('any-size');
  options.end();
  await withSource(path, isTrusted, async (source) => {
    if (await isImageArchive(source)) {
      await describeImageArchive(source, basename(path), { json, verify });
      return;
    }
    const found = await inspect(source, basename(path));
    const verification = verify ? await verifyArchive(source) : null;
    if (json) {
      console.log(JSON.stringify({ ...found, verification }, null, 2));
      return;
    }
    print(found);
    if (verification === null) return;
    const { sections, blocks, bytes, records, seconds } = verification;
    console.log(
      `\nVerified in ${seconds.toPrecision(3)} s: ${sections} sections, ${blocks} blocks, ${bytes} bytes; ${records} records decoded, and they are the dataset ${verification.datasetId}.`,
    );
  });
}
