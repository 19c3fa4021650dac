/** `dmla compress`: files to an archive, byte for byte the one that the page makes of them. */
import type { DatasetSource } from '../../src/contracts/codec.ts';
import type { DroppedFile, ImageSource } from '../../src/contracts/images.ts';
import { linkedImageSettings, openingSettings } from '../../src/contracts/imageFitting.ts';
import { fittingSettings, usualSettings } from '../../src/contracts/tableFitting.ts';
import { kindOfFiles, tablesOfFiles } from '../../src/platform/fileKind.ts';
import { LabError } from '../../src/core/errors.ts';
import { counted, MAX_CELLS } from '../../src/core/limits.ts';
import { MAX_SEED } from '../../src/core/random.ts';
import { numberOf, type Arguments } from '../arguments.ts';
import { onlyFile, outputOf, WRITES, type Command, type Surroundings } from '../command.ts';
import { UsageError } from '../errors.ts';
import { tableFileOf } from '../../src/platform/tableFile.ts';
import { filesAt } from '../files.ts';
import { checkFree, writeFileOf } from '../output.ts';
import { archiveBytes } from '../../src/service/travel.ts';
import { sampleRows } from '../../src/readers/sampleRows.ts';
import { decoderRemark } from '../pictureDecoder.ts';
import { openService, untold } from '../service.ts';
import { share } from '../words.ts';

interface Compressed {
  file: string;
  holds: 'table' | 'pictures';
  records: number;
  bytes: number;
  /** Bytes of the training part, and of the same records as doubles or pixels. */
  trainBytes: number;
  rawBytes: number;
  codec: string;
  isLossless: boolean;
}

/** The table that is meant, and the one of its test records. */
async function tableSource(
  files: readonly DroppedFile[],
  { values, experiment }: Arguments,
): Promise<DatasetSource> {
  const { reading } = experiment;
  const { tables, pair, contradiction } = await tablesOfFiles(files);
  const wanted = values.get('table');
  const listed = tables.map(({ path }) => `  ${path}`).join('\n');
  const place = (index: number) => {
    const { file, inside } = tables[index];
    return { file: files[file].file, ...(inside === null ? {} : { inside }) };
  };
  const find = (name: string): number => {
    const index = tables.findIndex(({ path, inside }) => path === name || inside === name);
    if (index < 0) throw new UsageError(`There is no table ${name} among:\n${listed}`);
    return index;
  };
  const test = values.get('test');
  if (wanted !== undefined)
    return {
      kind: 'file',
      ...place(find(wanted)),
      reading,
      ...(test === undefined ? {} : { test: place(find(test)) }),
    };
  if (tables.length === 0)
    throw new UsageError('Nothing of what is named can be opened: neither a table nor pictures.');
  if (tables.length === 1) return { kind: 'file', ...place(0), reading };
  if (pair?.isNamed === true) return { kind: 'file', ...place(pair.train), reading, test: place(pair.test) };
  throw new UsageError(
    `There are ${tables.length} tables. ${contradiction === null ? '' : `${contradiction} `}Say which by --table, and which holds its test records by --test:\n${listed}`,
  );
}

async function compressTable(
  files: readonly DroppedFile[],
  asked: Arguments,
  { pulse, remark }: Surroundings,
) {
  const { service, store } = openService();
  const source: DatasetSource =
    files.length === 1 && asked.values.get('table') === undefined && (await kindOfFiles(files)) !== 'tables'
      ? { kind: 'file', file: files[0].file, reading: asked.experiment.reading }
      : await tableSource(files, asked);
  const summary = await service.openDataset({ source }, pulse, untold);
  for (const { column, text } of summary.notices) remark(column === null ? text : `${column}: ${text}`);
  // As of a file that was dropped: what is not said is usual, and nothing is predicted.
  const wanted = { ...usualSettings(summary), target: null, ...asked.experiment.settings };
  const { settings, unknown, isTargetWrong } = fittingSettings(wanted, summary);
  if (isTargetWrong) throw new LabError('TARGET_UNKNOWN', `“${wanted.target}” cannot be predicted.`);
  if (unknown.length > 0)
    throw new LabError('COLUMN_UNKNOWN', `The table has no feature called ${unknown.join(', ')}.`);
  const report = await service.compress({ source, settings, store: true, kept: true }, pulse, untold);
  return {
    made: await store.reader(report.id),
    holds: 'table' as const,
    records: report.trainRows + report.testRows,
    trainBytes: report.bytes.train,
    rawBytes: report.rawFloat64Bytes.train,
    codec: settings.codec,
    isLossless: true,
  };
}

async function compressPictures(
  files: DroppedFile[],
  { experiment }: Arguments,
  { pulse, remark }: Surroundings,
) {
  const { service, store } = openService();
  const source: ImageSource = { kind: 'files', files, reading: experiment.images.reading };
  const summary = await service.openImages({ source }, pulse, untold);
  for (const { text } of summary.notices) remark(text);
  const onDecoder = decoderRemark();
  if (onDecoder !== null) remark(onDecoder);
  const settings = openingSettings(summary, linkedImageSettings(experiment));
  const report = await service.compressImages(
    { source, settings, store: true, kept: true, helpers: [] },
    pulse,
    untold,
  );
  return {
    made: await store.reader(report.id),
    holds: 'pictures' as const,
    records: report.trainRecords + report.testRecords,
    trainBytes: report.bytes.train,
    rawBytes: report.rawBytes.train,
    codec: settings.codec,
    isLossless: report.fidelity.kind === 'exact',
  };
}

/** One text table, of which some records are drawn. */
async function sampled(
  paths: readonly string[],
  asked: Arguments,
  { pulse, remark }: Surroundings,
): Promise<DroppedFile[]> {
  onlyFile(asked, 'table');
  const wanted = numberOf(asked, 'sample-rows', { usual: 0, min: 2, max: MAX_CELLS, whole: true });
  const seed = numberOf(asked, 'sample-seed', { usual: 1, min: 0, max: MAX_SEED, whole: true });
  const [{ file }] = await filesAt(paths);
  const hasHeader = asked.experiment.reading.header ?? true;
  const { name, bytes, seen, taken } = await sampleRows(
    tableFileOf(file),
    { wanted, seed, hasHeader },
    pulse,
  );
  remark(`${counted(taken)} of ${counted(seen)} records were drawn, seed ${seed}.`);
  return [{ path: name, file: new File([bytes], name, { lastModified: file.lastModified }) }];
}

/** What the page offers by a button is said by its option here. */
function withWayOut(thrown: unknown): unknown {
  if (!(thrown instanceof LabError) || thrown.code !== 'CSV_TOO_LARGE') return thrown;
  const way =
    'Say --sample-rows N to draw records in one pass, or condense it where it lies by the SQL that dmla sql prints.';
  return new LabError(thrown.code, `${thrown.message} ${way}`, { cause: thrown });
}

export const compress: Command = {
  usage: 'compress FILES -o X.dmla [--codec NAME] [--target COLUMN] [--beta N] …',
  purpose: 'Makes an archive of a table or of pictures.',
  details: [
    'FILES are what can be dropped on the page: a table, a zip, a folder with one folder per class, arrays.',
    'Every setting of a link is an option: --tau 100 is tau=100 there, with the same default and range.',
    '--table PATH --test PATH choose among several tables.',
    '--sample-rows N --sample-seed S draws N records of a text table in one pass, for tables that do not fit as a whole.',
  ],
  options: { ...WRITES, table: 'value', test: 'value', 'sample-rows': 'value', 'sample-seed': 'value' },
  async run(asked, surroundings): Promise<Compressed> {
    const output = outputOf(asked);
    if (asked.files.length === 0) throw new UsageError('Name the files to compress.');
    const isForced = asked.flags.has('force');
    checkFree(output, isForced);
    const files = await (asked.values.has('sample-rows') ? sampled : filesAt)(
      asked.files,
      asked,
      surroundings,
    );
    const kind = await kindOfFiles(files);
    if (kind === 'archive') throw new UsageError(`${asked.files[0]} is an archive already.`);
    if (kind === 'pixels')
      surroundings.remark(
        'The columns could be pixels; they are read as a table. Arrays are read as pictures.',
      );
    const make = kind === 'images' ? compressPictures : compressTable;
    const { made, ...facts } = await make(files, asked, surroundings).catch((thrown: unknown) => {
      throw withWayOut(thrown);
    });
    await writeFileOf(output, archiveBytes(made, surroundings.pulse), isForced);
    return { file: output, bytes: made.size, ...facts };
  },
  say: ({ file, holds, records, bytes, trainBytes, rawBytes, codec, isLossless }: Compressed) =>
    `${file}: ${records.toLocaleString('en')} ${holds === 'table' ? 'records' : 'pictures'}, ` +
    `${bytes.toLocaleString('en')} bytes. Codec ${codec}, ${isLossless ? 'lossless' : 'near-lossless'}; the training ` +
    `part takes ${share(trainBytes, rawBytes)} of ${holds === 'table' ? 'float64' : 'its pixels'}.`,
};
