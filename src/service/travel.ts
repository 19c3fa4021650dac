/** Archives on their way out of this browser and in: one file, byte for byte what the store holds. */
import type { ArchiveListing, MadeFile } from '../contracts/codec.ts';
import { readBlock, readContents, type ByteSource } from '../core/archive/container.ts';
import { openArchive, type OpenArchive } from '../core/archive/read.ts';
import { verifyArchive, type ArchiveVerification } from '../core/verify.ts';
import { crc32c } from '../core/bits/crc32c.ts';
import { LabError } from '../core/errors.ts';
import { isImageArchive, openImageArchive } from '../core/images/archive/read.ts';
import type { Pulse } from '../core/pulse.ts';
import { rawFloat64Bytes } from '../core/table/table.ts';
import type { ArchiveManifest, ArchiveStore, ChunkToWrite } from '../platform/archiveStore.ts';
import { cutPart } from '../platform/chunkPieces.ts';
import { archiveId, listingOf } from './archiveId.ts';
import { settingsOf } from './experimentSettings.ts';
import { fileStem } from './exports.ts';
import { describeImageArchive } from './images/manifest.ts';

/** Bytes that are taken from the store at a time. */
const PART_BYTES = 1 << 20;

/** Everything that an archive is, part by part. */
export async function* archiveBytes(source: ByteSource, pulse: Pulse): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < source.size; at += PART_BYTES) {
    yield await source.read(at, Math.min(PART_BYTES, source.size - at));
    if (pulse.due())
      await pulse.beat({ phase: 'Reading the archive', done: at, total: source.size, unit: 'bytes' });
  }
}

/** The archive as one file, read part by part, so that it is never in memory as a whole. */
export async function exportArchive(store: ArchiveStore, id: string, pulse: Pulse): Promise<MadeFile> {
  const source = await store.reader(id);
  const { schema, codec } = (await isImageArchive(source))
    ? await openImageArchive(source, pulse)
    : await openArchive(source, pulse);
  const parts: Blob[] = [];
  for await (const bytes of archiveBytes(source, pulse))
    parts.push(new Blob([bytes as Uint8Array<ArrayBuffer>]));
  return {
    name: `${fileStem(schema.name)}-${codec.meta.name}.dmla`,
    file: new Blob(parts, { type: 'application/octet-stream' }),
  };
}

/** A file as a source of bytes, read where it lies. */
function fileSource(file: File, isTrusted: boolean): ByteSource {
  return {
    size: file.size,
    isTrusted,
    async read(offset, length) {
      try {
        return new Uint8Array(await file.slice(offset, offset + length).arrayBuffer());
      } catch (cause) {
        const reason = cause instanceof Error ? cause.message : String(cause);
        throw new LabError('FILE_UNREADABLE', `${file.name} could not be read: ${reason}.`, { cause });
      }
    },
  };
}

/** A chunk as it will be written: the bytes of its block are read when its turn comes. */
interface PlannedChunk {
  name: string;
  offset: number;
  length: number;
  load: () => Promise<Uint8Array>;
}

/** The chunks of a container, of the same names that it has where it was made: of header, blocks, and the rest. */
async function planChunks(source: ByteSource): Promise<PlannedChunk[]> {
  const blocks = (await readContents(source)).flatMap((section) => section.blocks);
  const chunks: PlannedChunk[] = [];
  const planned = (
    offset: number,
    length: number,
    checksum: number,
    load: () => Promise<Uint8Array>,
  ): void => {
    const name = `${offset}-${length}-${checksum.toString(16)}`;
    // Loaded for its first piece, and let go with its last.
    let loading: Promise<Uint8Array> | null = null;
    for (const { from, ...piece } of cutPart({ name, offset, length })) {
      const to = from + piece.length;
      chunks.push({
        ...piece,
        async load() {
          loading ??= load();
          const bytes = (await loading).subarray(from, to);
          if (to === length) loading = null;
          return bytes;
        },
      });
    }
  };
  const whole = async (offset: number, length: number): Promise<void> => {
    const bytes = await source.read(offset, length);
    planned(offset, length, crc32c(bytes), () => Promise.resolve(bytes));
  };

  const filled = blocks.filter(({ length }) => length > 0);
  const first = filled[0]?.offset ?? 0;
  if (first > 0) await whole(0, first);
  // Its checksum is looked at once more as it is written: a file can change after it has been verified.
  for (const block of filled)
    planned(block.offset, block.length, block.checksum, () => readBlock(source, block));
  const last = filled.at(-1);
  const end = last === undefined ? 0 : last.offset + last.length;
  await whole(end, source.size - end);
  return chunks;
}

async function* loaded(chunks: readonly PlannedChunk[], stable: boolean): AsyncGenerator<ChunkToWrite> {
  for (const { name, offset, length, load } of chunks)
    yield { name, offset, length, bytes: await load(), stable };
}

/** Whether what is stored under this id can be read; an archive that is not there can. */
async function isSound(store: ArchiveStore, id: string, pulse: Pulse): Promise<boolean> {
  try {
    await verifyArchive(await store.reader(id), pulse);
    return true;
  } catch (thrown) {
    const { code } = LabError.from(thrown);
    if (code === 'ARCHIVE_NOT_FOUND') return true;
    if (code === 'ARCHIVE_CORRUPT') return false;
    throw thrown;
  }
}

/** What follows from an archive itself. */
type Described = Omit<ArchiveManifest, 'bytes' | 'createdAt' | 'kept' | 'chunks'>;

/** What the store's list says of an archive that holds a table. */
function describeTable(archive: OpenArchive): Described {
  const { schema, rule } = archive;
  const settings = settingsOf(archive);
  return {
    schemaVersion: 1,
    id: archiveId(schema.datasetId, settings, rule),
    datasetId: schema.datasetId,
    name: schema.name,
    fileName: schema.fileName,
    rows: schema.rows,
    columns: schema.columns.length,
    rawFloat64Bytes: rawFloat64Bytes(schema.rows, schema.columns.length),
    codec: settings.codec,
    settings,
    ...(rule.kind === 'tail' ? { reading: { testRows: rule.testRows } } : {}),
  };
}

/** What the store's list would say of an archive file: first of all under the id that it would have if made here. */
async function describe(
  source: ByteSource,
  verification: ArchiveVerification,
  pulse: Pulse,
): Promise<Described[]> {
  if (!(await isImageArchive(source))) return [describeTable(await openArchive(source, pulse))];
  const archive = await openImageArchive(source, pulse);
  const own = describeImageArchive(archive, verification);
  if (verification.claims === null) return [own];
  const asMade = describeImageArchive(archive, { datasetId: verification.claims, claims: null });
  return [own, asMade];
}

/**
 * Takes an archive file in: verifies the whole of it, then stores it as kept under the id that it would have here.
 * One that is there with the same bytes is not written again: its listing comes back with its own date. One that is
 * there and damaged is mended. Pictures that are held only nearly prove nothing of those that they were made from: their
 * archive gets an id of its own, unless just that archive was made here.
 *
 * @param anySize whether it may take as much memory as it claims
 * @throws ARCHIVE_CORRUPT, ARCHIVE_NEWER, ARCHIVE_TOO_LARGE, CODEC_UNKNOWN, FILE_UNREADABLE, STORAGE_*, CANCELLED;
 *   nothing is stored then
 */
export async function importArchive(
  store: ArchiveStore,
  file: File,
  anySize: boolean,
  pulse: Pulse,
): Promise<ArchiveListing> {
  const source = fileSource(file, anySize);
  const verification = await verifyArchive(source, pulse);
  const described = await describe(source, verification, pulse);
  const chunks = await planChunks(source);
  const asOf = (one: Described): ArchiveManifest => ({
    ...one,
    bytes: file.size,
    createdAt: Date.now(),
    kept: true,
    chunks: chunks.map(({ name, offset, length }) => ({ name, offset, length })),
  });
  const [manifest, ...others] = described.map(asOf);
  const sound = await isSound(store, manifest.id, pulse);
  for (const one of [...(sound ? [manifest] : []), ...others]) {
    if (one !== manifest && !(await isSound(store, one.id, pulse))) continue;
    const present = await store.get(one.id);
    if (present === null || !isSameFile(present, one)) continue;
    if (!present.kept) await store.keep(present.id, true);
    return listingOf({ ...present, kept: true });
  }
  await store.write(manifest, loaded(chunks, sound), pulse);
  return listingOf(manifest);
}

/** Chunks are named by place, length and checksum: the same names are the same bytes. */
function isSameFile(one: ArchiveManifest, other: ArchiveManifest): boolean {
  return (
    one.chunks.length === other.chunks.length &&
    one.chunks.every(({ name }, k) => name === other.chunks[k].name)
  );
}
