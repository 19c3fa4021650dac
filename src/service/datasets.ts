/** Datasets that the worker has open: a source is read once and its workbench kept while it is in use. */
import type { DatasetSource, DatasetSummary } from '../contracts/codec.ts';
import { sampleByDataset, sampleById } from '../contracts/gallery.ts';
import { decodeTable, openArchive } from '../core/archive/read.ts';
import { LabError } from '../core/errors.ts';
import { Workbench } from '../core/experiment/workbench.ts';
import type { Pulse } from '../core/pulse.ts';
import { readCsv, type TextFile } from '../core/table/csv/readCsv.ts';
import { datasetId } from '../core/table/datasetId.ts';
import type { ArchiveStore } from '../platform/archiveStore.ts';
import type { CodecServiceEnvironment } from './environment.ts';
import { summarise } from './summary.ts';

export interface OpenDataset {
  workbench: Workbench;
  summary: DatasetSummary;
}

/** A source by name; files are told apart by what the browser says of them. */
function sourceKey(source: DatasetSource): string {
  switch (source.kind) {
    case 'sample':
      return `sample:${source.id}`;
    case 'archive':
      return `archive:${source.id}`;
    case 'file':
      return `file:${source.token ?? 0}:${source.file.name}:${source.file.size}:${source.file.lastModified}`;
  }
}

function droppedFile(file: File): TextFile {
  const unreadable = (cause: unknown): LabError =>
    new LabError(
      'FILE_UNREADABLE',
      `${file.name} could not be read: ${cause instanceof Error ? cause.message : String(cause)}.`,
      { cause },
    );
  return {
    name: file.name,
    bytes: file.size,
    open: () =>
      Promise.resolve(
        (async function* () {
          const reader = file.stream().getReader();
          try {
            for (;;) {
              const { done, value } = await reader.read().catch((cause: unknown) => {
                throw unreadable(cause);
              });
              if (done) return;
              yield value;
            }
          } finally {
            reader.cancel().catch(() => undefined);
          }
        })(),
      ),
  };
}

async function* chunksOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    reader.cancel().catch(() => undefined);
  }
}

export class Datasets {
  private readonly environment: CodecServiceEnvironment;
  private readonly store: () => Promise<ArchiveStore>;
  /** Names of the source that is open: the one it was opened by, and the archive made from it. */
  private keys: string[] = [];
  private current: Promise<OpenDataset> | null = null;

  constructor(environment: CodecServiceEnvironment, store: () => Promise<ArchiveStore>) {
    this.environment = environment;
    this.store = store;
  }

  /** Opens a dataset, or gives the one that is open. Only the latest is kept, so that memory holds one table. */
  async open(source: DatasetSource, pulse: Pulse): Promise<OpenDataset> {
    const key = sourceKey(source);
    if (this.current !== null && this.keys.includes(key)) {
      try {
        return await this.current;
      } catch (thrown) {
        // Another call was opening it and was cancelled; only its own caller should hear of that.
        if (!(thrown instanceof LabError) || thrown.code !== 'CANCELLED') throw thrown;
        return this.open(source, pulse);
      }
    }
    const opening = this.read(source, pulse);
    this.keys = [key];
    this.current = opening;
    opening.catch(() => {
      if (this.current === opening) this.current = null;
    });
    return opening;
  }

  /** An archive of the open dataset has been stored: opened by its id it is the same table, and not read again. */
  isStoredAs(dataset: OpenDataset, archiveId: string): void {
    const { current } = this;
    void current?.then(
      (open) => {
        if (open === dataset && this.current === current)
          this.keys.push(sourceKey({ kind: 'archive', id: archiveId }));
      },
      () => undefined,
    );
  }

  private async read(source: DatasetSource, pulse: Pulse): Promise<OpenDataset> {
    const startedAt = performance.now();
    if (source.kind === 'archive') return this.readAnyArchive(source, pulse, startedAt);
    const sample = source.kind === 'sample' ? sampleById(source.id) : undefined;
    let file: TextFile;
    if (source.kind === 'file') {
      file = droppedFile(source.file);
    } else {
      if (sample === undefined) {
        throw new LabError('SAMPLE_UNAVAILABLE', `The gallery has no sample called "${source.id}".`);
      }
      const fetched = await this.environment.fetchSample(sample.fileName);
      file = {
        name: sample.fileName,
        bytes: fetched.bytes ?? sample.bytes,
        open: async () => chunksOf(await fetched.stream()),
      };
    }
    const { table, notices, bytes } = await readCsv(file, pulse);
    const summary = summarise(table, {
      id: datasetId(table),
      name: sample?.title ?? file.name,
      fileName: file.name,
      sampleId: sample?.id ?? null,
      csvBytes: bytes,
      notices,
      target: sample?.target ?? null,
      beta: sample?.beta ?? null,
      startedAt,
    });
    return { workbench: new Workbench(table), summary };
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
    const archive = await openArchive(await store.reader(id));
    const table = await decodeTable(archive, pulse);
    const { schema } = archive;
    const sample = sampleByDataset(schema.datasetId);
    if (datasetId(table) !== schema.datasetId) {
      throw new LabError(
        'ARCHIVE_CORRUPT',
        'The archive decodes to another dataset than the one it was made from.',
      );
    }
    const summary = summarise(table, {
      id: schema.datasetId,
      name: schema.name,
      fileName: schema.fileName,
      sampleId: sample?.id ?? null,
      csvBytes: schema.csvBytes === 0 ? null : schema.csvBytes,
      notices: [],
      target: sample?.target ?? null,
      beta: sample?.beta ?? null,
      startedAt,
    });
    return { workbench: new Workbench(table), summary };
  }
}
