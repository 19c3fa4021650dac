/** Tables that the worker has open: a source is read once and its workbench kept while it is in use. */
import type { DatasetSource, DatasetSummary, ReadingOptions, TablePlace } from '../contracts/codec.ts';
import { sampleByDataset, sampleById, type TableGallerySample } from '../contracts/gallery.ts';
import { decodeTable, openArchive } from '../core/archive/read.ts';
import { LabError } from '../core/errors.ts';
import { Workbench } from '../core/experiment/workbench.ts';
import type { Pulse } from '../core/pulse.ts';
import { datasetIdInPieces } from '../core/table/datasetId.ts';
import { readDivided, type TablePlace as OpenPlace } from '../readers/readTogether.ts';
import { refuseTooLarge } from '../readers/sampleRows.ts';
import type { ArchiveStore } from '../platform/archiveStore.ts';
import { tableFileOf } from '../platform/tableFile.ts';
import type { CodecServiceEnvironment } from './environment.ts';
import type { OpenSlot } from './openSlot.ts';
import { piecesOf } from './streams.ts';
import { summarise, type SummaryLabel } from './summary.ts';

export interface OpenDataset {
  workbench: Workbench;
  summary: DatasetSummary;
  /** How the file was read, where someone decided otherwise than the reader; of an archive as its listing has it. */
  reading: ReadingOptions;
}

/** Equal for readings that say the same; empty where nothing is said. */
function readingKey(reading: ReadingOptions = {}): string {
  const said = Object.entries(reading).filter(([, value]) => value !== undefined);
  return said.length === 0 ? '' : JSON.stringify(said.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function placeKey({ file, inside = '' }: TablePlace): string {
  return JSON.stringify([file.name, file.size, file.lastModified, inside]);
}

/** What a table is called: of one in a zip or tar, where it lies in there. */
function placeName({ file, inside }: TablePlace): string {
  return inside === undefined ? file.name : `${file.name}/${inside}`;
}

const openPlace = ({ file, inside }: TablePlace): OpenPlace => ({
  file: tableFileOf(file),
  inside: inside ?? null,
});

/** A source by name, with how it is read; files are told apart by what the browser says of them. */
function sourceKey(source: DatasetSource): string {
  switch (source.kind) {
    case 'sample':
      return `sample:${source.id}:${readingKey(source.reading)}`;
    case 'archive':
      return `archive:${source.id}`;
    case 'file': {
      const { token = 0, reading, test } = source;
      return `file:${token}:${placeKey(source)}:${test === undefined ? '' : placeKey(test)}:${readingKey(reading)}`;
    }
  }
}

function tableSample(id: string): TableGallerySample | undefined {
  const sample = sampleById(id);
  return sample?.kind === 'table' ? sample : undefined;
}

export class Datasets {
  private readonly environment: CodecServiceEnvironment;
  private readonly store: () => Promise<ArchiveStore>;
  private readonly slot: OpenSlot;

  constructor(environment: CodecServiceEnvironment, store: () => Promise<ArchiveStore>, slot: OpenSlot) {
    this.environment = environment;
    this.store = store;
    this.slot = slot;
  }

  /** Opens a dataset, or gives the one that is open. */
  open(source: DatasetSource, pulse: Pulse): Promise<OpenDataset> {
    return this.slot.open(`table:${sourceKey(source)}`, () => this.read(source, pulse));
  }

  /** An archive of the open dataset has been stored: opened by its id it is the same table, and not read again. */
  isStoredAs(dataset: OpenDataset, archiveId: string): void {
    this.slot.alsoKnownAs(dataset, `table:${sourceKey({ kind: 'archive', id: archiveId })}`);
  }

  private async read(source: DatasetSource, pulse: Pulse): Promise<OpenDataset> {
    const startedAt = performance.now();
    if (source.kind === 'archive') return this.readAnyArchive(source, pulse, startedAt);
    const sample = source.kind === 'sample' ? tableSample(source.id) : undefined;
    let place: OpenPlace;
    let fileName: string;
    if (source.kind === 'file') {
      place = openPlace(source);
      if (place.inside === null) await refuseTooLarge(place.file);
      fileName = placeName(source);
    } else {
      if (sample === undefined) {
        throw new LabError('SAMPLE_UNAVAILABLE', `The gallery has no table called "${source.id}".`);
      }
      const fetched = await this.environment.fetchSample(sample.fileName);
      fileName = sample.fileName;
      const file = {
        name: fileName,
        bytes: fetched.bytes ?? sample.bytes,
        open: async () => piecesOf(await fetched.stream()),
      };
      place = { file, inside: null };
    }
    const { reading = {} } = source;
    const test = source.kind === 'file' && source.test !== undefined ? openPlace(source.test) : null;
    const { table, bytes, testRows, ...story } = await readDivided(place, test, reading, pulse);
    const label = {
      id: await datasetIdInPieces(table, pulse),
      name: sample?.title ?? fileName,
      fileName,
      sampleId: sample?.id ?? null,
      csvBytes: story.format === 'csv' || story.format === 'libsvm' ? bytes : null,
      ...story,
      ...(testRows === null ? {} : { testRows }),
      // Of condensed samples it stands before the weight.
      target: sample?.target ?? (story.weight === undefined ? null : (table.columns.at(-2)?.name ?? null)),
      beta: sample?.beta ?? null,
      startedAt,
    };
    const summary = await summarise(table, label, pulse);
    return {
      workbench: new Workbench(table, testRows),
      summary,
      // Whoever opens its archive, or asks for its file, is told of the test records too.
      reading: testRows === null ? reading : { ...reading, testRows },
    };
  }

  /** Reads the archive, or where it is gone another one of its dataset. */
  private async readAnyArchive(
    { id, datasetId: wanted }: DatasetSource & { kind: 'archive' },
    pulse: Pulse,
    startedAt: number,
  ): Promise<OpenDataset> {
    try {
      return await this.readArchive(id, pulse, startedAt);
    } catch (thrown) {
      if (!(thrown instanceof LabError) || thrown.code !== 'ARCHIVE_NOT_FOUND') throw thrown;
      const others = await (await this.store()).list();
      const other = others.find((manifest) => manifest.datasetId === wanted);
      if (other === undefined) throw thrown;
      return this.readArchive(other.id, pulse, startedAt);
    }
  }

  private async readArchive(id: string, pulse: Pulse, startedAt: number): Promise<OpenDataset> {
    const store = await this.store();
    const archive = await openArchive(await store.reader(id), pulse);
    const table = await decodeTable(archive, pulse);
    const { schema, rule } = archive;
    const testRows = rule.kind === 'tail' ? rule.testRows : null;
    const found = sampleByDataset(schema.datasetId);
    const sample = found?.kind === 'table' ? found : undefined;
    if ((await datasetIdInPieces(table, pulse)) !== schema.datasetId) {
      throw new LabError(
        'ARCHIVE_CORRUPT',
        'The archive decodes to another dataset than the one it was made from.',
      );
    }
    const label: SummaryLabel = {
      id: schema.datasetId,
      name: schema.name,
      fileName: schema.fileName,
      sampleId: sample?.id ?? null,
      csvBytes: schema.csvBytes === 0 ? null : schema.csvBytes,
      notices: [],
      decisions: [],
      dialect: [],
      doubtfulRow: null,
      format: 'archive',
      ...(testRows === null ? {} : { testRows }),
      target: sample?.target ?? null,
      beta: sample?.beta ?? null,
      startedAt,
    };
    const summary = await summarise(table, label, pulse);
    const reading = (await store.list()).find((manifest) => manifest.id === id)?.reading ?? {};
    return { workbench: new Workbench(table, testRows), summary, reading };
  }
}
