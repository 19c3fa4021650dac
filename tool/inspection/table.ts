/** What an archive of a table holds. */
import { breakDown, breakdownBytes } from '../../src/core/archive/breakdown.ts';
import { readContents, type ByteSource } from '../../src/core/archive/container.ts';
import { openArchive, type ArchiveGroup, type OpenArchive } from '../../src/core/archive/read.ts';
import { GROUP } from '../../src/core/archive/sections.ts';
import { ByteReader } from '../../src/core/bits/bytes.ts';
import { describeMapping, mappingBits } from '../../src/core/table/mapping.ts';
import { rawFloat64Bytes } from '../../src/core/table/table.ts';
import { columns, share } from '../words.ts';
import { describeSection, sectionLines } from './sections.ts';

/** Bytes before the format version in a container's header. */
const MAGIC_BYTES = 4;

/** A group without bases has neither them nor a number of bits for every record. */
function describeGroup({ records, recordsPerBlock, bases }: ArchiveGroup) {
  const { baseCount = null, idBits = null, stride = null } = bases ?? {};
  return { records, bases: baseCount, idBits, bitsPerRecord: stride, recordsPerBlock };
}

/** Everything that opening an archive tells, without its records. */
export async function inspectTable(source: ByteSource, name: string) {
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

export function tableInWords(found: Awaited<ReturnType<typeof inspectTable>>): string {
  const { dataset, groups, storage, split } = found;
  const rule =
    split.kind === 'random'
      ? `random, seed ${split.seed}, test share ${split.testFraction}`
      : `the last ${split.testRows} records are test records`;
  const ratio =
    storage.ratioToFloat64 === null ? '' : `, ${(100 * storage.ratioToFloat64).toFixed(2)} % of float64`;
  return [
    `${found.file}: ${found.bytes.toLocaleString('en')} bytes, format ${found.formatVersion}, codec ${found.codec}`,
    `Dataset ${dataset.name} (${dataset.fileName}), id ${dataset.id}`,
    `${found.rows.toLocaleString('en')} records of ${found.columns.length} columns, ${found.recordBits} bits each`,
    `Split: ${rule}`,
    '\nColumns',
    columns(
      found.columns.map((c) => [c.name, c.description, c.missing ? 'missing cells' : '', c.time ?? '']),
    ),
    '\nGroups',
    columns([
      ['', 'records', 'bases', 'ID bits', 'bits per record', 'bytes'],
      ...(['training', 'test'] as const).map((name) => {
        const { records, bases, idBits, bitsPerRecord } = groups[name];
        const bytes = name === 'training' ? storage.trainingBytes : storage.testBytes;
        return [name, records, bases ?? '–', idBits ?? '–', bitsPerRecord ?? '–', bytes];
      }),
    ]),
    `\nBytes of the training part${ratio}`,
    columns(
      Object.entries<number>({ ...storage.training }).map(([name, bytes]) => [
        name,
        bytes,
        share(bytes, storage.trainingBytes),
      ]),
    ),
    '\nSections',
    sectionLines(found.sections),
    `\nAnalytics bits: ${found.analyticsBits}; stored condensed samples: ${found.condensedSamplesStored ?? 'none'}`,
    `Experiment: ${JSON.stringify(found.experiment)}`,
  ].join('\n');
}
