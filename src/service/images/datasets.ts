/** Pictures that the worker has open: a source is read once and kept while it is in use. */
import { sampleByDataset, sampleById, type ImageGallerySample } from '../../contracts/gallery.ts';
import { holdsDataset } from '../../contracts/codec.ts';
import { isClaimed, type ImageReading, type ImageSource, type ImageSummary } from '../../contracts/images.ts';
import { LabError } from '../../core/errors.ts';
import { decodeAll, openImageArchive } from '../../core/images/archive/read.ts';
import type { ImageSet } from '../../core/images/imageSet.ts';
import { readImages } from '../../readers/readImages.ts';
import type { ImageFile } from '../../readers/imageReading.ts';
import type { Pulse } from '../../core/pulse.ts';
import type { ArchiveStore } from '../../platform/archiveStore.ts';
import { imageFileOf } from '../../platform/imageFile.ts';
import type { CodecServiceEnvironment } from '../environment.ts';
import type { OpenSlot } from '../openSlot.ts';
import { piecesOf } from '../streams.ts';
import { recordedReadingOf } from './archiveId.ts';
import { identify } from './identify.ts';
import { summariseImages, type ImageLabel } from './summary.ts';

export interface OpenImages {
  /** Tells one opening from another: what is kept for it is of no use to the next. */
  key: string;
  set: ImageSet;
  summary: ImageSummary;
  /** How the files were read, where someone decided otherwise than the reader. */
  reading: ImageReading;
  /**
   * The archive that the pixels were decoded from, and the dataset that it was made from, as far as that is proven: one
   * that came as a file goes by the pixels that it gives, and only claims another. Null for files.
   */
  origin: { archiveId: string; datasetId: string; claims: string | null; decodeSeconds: number } | null;
}

/** Equal for readings that say the same; empty where nothing is said. */
function readingKey(reading: ImageReading = {}): string {
  const said = Object.entries(reading).filter(([, value]) => value !== undefined);
  return said.length === 0 ? '' : JSON.stringify(said.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** A source by name, with how it is read; files are told apart by what the browser says of them. */
function sourceKey(source: ImageSource): string {
  switch (source.kind) {
    case 'sample':
      return `images:sample:${source.id}:${readingKey(source.reading)}`;
    case 'archive':
      return `images:archive:${source.id}`;
    case 'files': {
      const { files, token = 0, reading } = source;
      const named = files
        .slice(0, 1_000)
        .map(({ path, file }) => [path, file.size, file.lastModified] as const);
      return `images:files:${token}:${files.length}:${JSON.stringify(named)}:${readingKey(reading)}`;
    }
  }
}

/** Name of what was given together: a file's own, or that of the folder around all of them. */
function nameOf(paths: readonly string[]): string {
  const [first] = paths;
  if (first === undefined) return 'pictures';
  if (paths.length === 1) return first.slice(first.lastIndexOf('/') + 1);
  let folder = first.slice(0, first.lastIndexOf('/') + 1);
  for (const path of paths) {
    while (folder !== '' && !path.startsWith(folder))
      folder = folder.slice(0, folder.lastIndexOf('/', folder.length - 2) + 1);
  }
  const top = folder.split('/').filter((part) => part !== '')[0];
  return top ?? `${first.slice(first.lastIndexOf('/') + 1)} and ${paths.length - 1} more`;
}

/** A fetched gallery file, kept as a blob: the browser may hold it outside of this worker's memory. */
function blobFile(path: string, blob: Blob): ImageFile {
  return {
    path,
    bytes: blob.size,
    slice: async (from, to) => new Uint8Array(await blob.slice(from, to).arrayBuffer()),
  };
}

function imageSample(id: string): ImageGallerySample {
  const sample = sampleById(id);
  if (sample?.kind === 'images') return sample;
  throw new LabError('SAMPLE_UNAVAILABLE', `The gallery has no pictures called "${id}".`);
}

export class ImageDatasets {
  private readonly environment: CodecServiceEnvironment;
  private readonly store: () => Promise<ArchiveStore>;
  private readonly slot: OpenSlot;
  private opened = 0;

  constructor(environment: CodecServiceEnvironment, store: () => Promise<ArchiveStore>, slot: OpenSlot) {
    this.environment = environment;
    this.store = store;
    this.slot = slot;
  }

  /** Opens pictures, or gives those that are open. */
  open(source: ImageSource, pulse: Pulse): Promise<OpenImages> {
    return this.slot.open(sourceKey(source), () => this.read(source, pulse));
  }

  /**
   * An archive of the open pictures has been stored. Opened by its id they are the same pictures and not read again,
   * unless it gives them back only nearly.
   */
  isStoredAs(images: OpenImages, archiveId: string): void {
    this.slot.alsoKnownAs(images, sourceKey({ kind: 'archive', id: archiveId }));
  }

  private async read(source: ImageSource, pulse: Pulse): Promise<OpenImages> {
    const startedAt = performance.now();
    if (source.kind === 'archive') return this.readAnyArchive(source, pulse, startedAt);
    const sample = source.kind === 'sample' ? imageSample(source.id) : null;
    const files =
      source.kind === 'files'
        ? source.files.map(imageFileOf)
        : await this.fetchFiles(imageSample(source.id), pulse);
    const reading = source.reading ?? {};
    const { set, ...story } = await readImages(files, reading, this.environment.decodePicture, pulse);
    const fileName = nameOf(files.map(({ path }) => path));
    const label: ImageLabel = {
      ...story,
      id: await identify(set, pulse),
      name: sample?.title ?? fileName,
      fileName,
      sampleId: sample?.id ?? null,
      isNear: false,
      startedAt,
    };
    const summary = await summariseImages(set, label, pulse);
    return { key: this.nextKey(), set, summary, reading, origin: null };
  }

  private nextKey(): string {
    return `opened ${++this.opened}`;
  }

  private async fetchFiles(sample: ImageGallerySample, pulse: Pulse): Promise<ImageFile[]> {
    const files: ImageFile[] = [];
    let done = 0;
    for (const name of sample.files) {
      const fetched = await this.environment.fetchSample(name);
      const parts: Blob[] = [];
      for await (const piece of piecesOf(await fetched.stream())) {
        parts.push(new Blob([piece as Uint8Array<ArrayBuffer>]));
        done += piece.length;
        if (pulse.due()) await pulse.beat({ phase: `Fetching ${name}`, done, total: null, unit: 'bytes' });
      }
      files.push(blobFile(name, new Blob(parts)));
    }
    return files;
  }

  /** Reads the archive, or where it is gone another one of its dataset. */
  private async readAnyArchive(
    { id, datasetId: wanted }: ImageSource & { kind: 'archive' },
    pulse: Pulse,
    startedAt: number,
  ): Promise<OpenImages> {
    try {
      return await this.readArchive(id, pulse, startedAt);
    } catch (thrown) {
      if (!(thrown instanceof LabError) || thrown.code !== 'ARCHIVE_NOT_FOUND') throw thrown;
      const others = await (await this.store()).list();
      const other = others.find(
        (one) => one.images !== undefined && wanted !== undefined && holdsDataset(one, wanted),
      );
      if (other === undefined) throw thrown;
      return this.readArchive(other.id, pulse, startedAt);
    }
  }

  private async readArchive(id: string, pulse: Pulse, startedAt: number): Promise<OpenImages> {
    const store = await this.store();
    const manifest = await store.get(id);
    const archive = await openImageArchive(await store.reader(id), pulse);
    const decodingFrom = performance.now();
    const set = await decodeAll(archive, pulse);
    const decodeSeconds = (performance.now() - decodingFrom) / 1000;
    const { schema, fidelity } = archive;
    const isNear = fidelity.kind === 'near';
    const isUnproven = isClaimed(manifest?.images?.fidelity);
    const { reading, depth } = recordedReadingOf(archive);
    // Pixels that came back only nearly are other pictures, and go by a name of their own.
    const contentId = await identify(set, pulse);
    if (!isNear && contentId !== schema.datasetId) {
      throw new LabError(
        'ARCHIVE_CORRUPT',
        'The archive decodes to other pictures than those it was made from.',
      );
    }
    const sample = sampleByDataset(schema.datasetId);
    const label: ImageLabel = {
      id: contentId,
      name: schema.name,
      fileName: schema.fileName,
      sampleId: isNear ? null : (sample?.id ?? null),
      format: 'archive',
      sizeCount: 0,
      sizes: [],
      rule: null,
      depth,
      skippedCount: 0,
      skipped: [],
      notices: [],
      isNear,
      startedAt,
    };
    const summary = await summariseImages(set, label, pulse);
    return {
      key: this.nextKey(),
      set,
      summary,
      reading,
      origin: {
        archiveId: id,
        datasetId: isUnproven ? contentId : schema.datasetId,
        claims: isUnproven ? schema.datasetId : null,
        decodeSeconds,
      },
    };
  }
}
