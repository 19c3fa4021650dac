/** Making, storing and inspecting archives. */
import {
  BIT_ROLE,
  type ArchiveListing,
  type ArchiveReport,
  type ExperimentSettings,
  type RecordInspection,
  type TableBases,
} from '../contracts/codec.ts';
import { imageSource } from '../core/archive/container.ts';
import {
  compareTable,
  locateRecord,
  openArchive,
  RecordReader,
  type OpenArchive,
} from '../core/archive/read.ts';
import type { Codec } from '../core/codecs/codec.ts';
import { CODECS } from '../core/codecs/registry.ts';
import { LabError } from '../core/errors.ts';
import { makeArchive, type MadeArchive, type MadeBases } from '../core/experiment/archiving.ts';
import type { Pulse } from '../core/pulse.ts';
import { datasetIdInPieces } from '../core/table/datasetId.ts';
import { cellText, rawFloat64Bytes } from '../core/table/table.ts';
import type { ArchiveReader, ArchiveStore } from '../platform/archiveStore.ts';
import { storedChunks } from '../platform/chunkPieces.ts';
import { archiveId, listingOf } from './archiveId.ts';
import { columnBits } from './columnBits.ts';
import type { OpenDataset } from './datasets.ts';
import { countSharers, mostSharedRecord } from './sharers.ts';

/** Where the large chunks of the image begin: they follow from the archive's id. */
function largeOffsets(made: MadeArchive, { sections }: Codec): Set<number> {
  const isLarge = new Set(
    sections.filter(({ at }) => at === 'body' || at === 'records').map(({ type }) => type),
  );
  const large = new Set<number>();
  for (const { type, blocks } of made.image.sections)
    if (isLarge.has(type)) for (const block of blocks) large.add(block.offset);
  return large;
}

export class Archives {
  private readonly store: () => Promise<ArchiveStore>;
  private opened: { id: string; createdAt: number; archive: OpenArchive; source: ArchiveReader } | null =
    null;

  constructor(store: () => Promise<ArchiveStore>) {
    this.store = store;
  }

  /** Encodes, decodes again and compares every value, then stores; a store that refuses does not undo the result. */
  async compress(
    { workbench, summary, reading }: OpenDataset,
    settings: ExperimentSettings,
    options: { store: boolean; kept: boolean },
    pulse: Pulse,
  ): Promise<ArchiveReport> {
    const { table, train, test } = await workbench.prepare(settings);
    const label = {
      // Without some of its columns the table is another dataset, and the archive has to name the one that it holds.
      datasetId: settings.drop.length === 0 ? summary.id : await datasetIdInPieces(table, pulse),
      name: summary.name,
      fileName: summary.fileName,
      csvBytes: summary.csvBytes ?? 0,
    };
    const made = await makeArchive(workbench, settings, label, pulse);

    const opening = performance.now();
    const archive = await openArchive(imageSource(made.image, { isTrusted: true }), pulse);
    const openSeconds = (performance.now() - opening) / 1000;
    const { difference, decodeSeconds } = await compareTable(archive, table, pulse);
    if (difference !== null) {
      throw new LabError(
        'INTERNAL',
        `The archive does not decode to the table it was made from (${difference}).`,
      );
    }

    const id = archiveId(summary.id, settings, workbench.rule(settings));
    const columns = table.columns.length;
    let storeError: LabError | null = null;
    if (options.store) {
      try {
        await this.write(
          id,
          made,
          {
            ...label,
            rows: table.rows,
            columns,
            kept: options.kept,
            settings: { ...settings, drop: [] },
            ...(Object.keys(reading).length === 0 ? {} : { reading }),
          },
          pulse,
        );
      } catch (thrown) {
        storeError = LabError.from(thrown);
        if (storeError.code === 'CANCELLED') throw storeError;
      }
    }
    const { bases } = made;
    return {
      id,
      stored: options.store && storeError === null,
      storeError: storeError?.report() ?? null,
      trainRows: train.records,
      testRows: test.records,
      columns,
      rawFloat64Bytes: {
        train: rawFloat64Bytes(train.records, columns),
        test: rawFloat64Bytes(test.records, columns),
      },
      bytes: made.bytes,
      csvBytes: summary.csvBytes,
      breakdown: made.breakdown,
      recordBits: made.recordBits,
      bases: bases === null ? null : reportOf(bases, settings.objective),
      columnBits: await columnBits(archive, train, pulse),
      roundTrip: 'exact',
      encodeSeconds: made.encodeSeconds,
      decodeSeconds: openSeconds + decodeSeconds,
    };
  }

  private async write(
    id: string,
    made: MadeArchive,
    about: Omit<ArchiveListing, 'id' | 'bytes' | 'rawFloat64Bytes' | 'createdAt' | 'codec'> & {
      csvBytes: number;
    },
    pulse: Pulse,
  ): Promise<void> {
    const { csvBytes: _, ...listing } = about;
    const store = await this.store();
    const large = largeOffsets(made, CODECS.byName(about.settings.codec));
    const chunks = storedChunks(made.image, (offset) => large.has(offset));
    await store.write(
      {
        ...listing,
        id,
        schemaVersion: 1,
        bytes: made.image.bytes,
        rawFloat64Bytes: rawFloat64Bytes(about.rows, about.columns),
        createdAt: Date.now(),
        codec: about.settings.codec,
        chunks: chunks.map(({ name, offset, length }) => ({ name, offset, length })),
      },
      chunks,
      pulse,
    );
  }

  async list(): Promise<ArchiveListing[]> {
    const manifests = await (await this.store()).list();
    return manifests.map(listingOf);
  }

  private async open(id: string, pulse: Pulse): Promise<{ archive: OpenArchive; source: ArchiveReader }> {
    const store = await this.store();
    const manifest = await store.get(id);
    if (manifest === null) {
      this.opened = null;
      throw new LabError('ARCHIVE_NOT_FOUND', 'The archive is not in this browser any more.');
    }
    if (this.opened?.id !== id || this.opened.createdAt !== manifest.createdAt) {
      const source = await store.reader(id);
      this.opened = { id, createdAt: manifest.createdAt, archive: await openArchive(source, pulse), source };
    }
    return this.opened;
  }

  /** Looks for it by a reader of its own: what that has read is not in memory when the record is fetched. */
  private async mostShared(id: string, pulse: Pulse): Promise<number> {
    const source = await (await this.store()).reader(id, { cacheBytes: 0 });
    const { train } = await openArchive(source, pulse);
    return mostSharedRecord(train, pulse);
  }

  /**
   * Fetches one record alone, and says what that took.
   *
   * @param asked its number in the original order; null for a training record whose base most of them share
   * @throws ARCHIVE_NOT_FOUND, RECORD_OUT_OF_RANGE, ARCHIVE_CORRUPT
   */
  async inspect(id: string, asked: number | null, pulse: Pulse): Promise<RecordInspection> {
    const { archive, source } = await this.open(id, pulse);
    const record = asked ?? (await this.mostShared(id, pulse));
    const place = locateRecord(archive, record);
    const blocksBefore = source.blocksRead;
    const started = performance.now();
    const reader = new RecordReader(archive);
    await reader.fetch(place);
    reader.decode(place);
    const microseconds = (performance.now() - started) * 1000;
    // Counting who shares the base reads the whole group, which is no part of fetching the record.
    const blocksRead = source.blocksRead - blocksBefore;
    const { layout, inBase, schema } = archive;
    const { constantMasks } = archive.train.reader;
    const { block, at } = await reader.blockOf(place);
    const baseId = block.baseId?.(at) ?? null;
    return {
      index: record,
      group: place.group,
      position: place.position,
      base:
        baseId === null
          ? null
          : { id: baseId, sharedBy: await countSharers(archive[place.group], baseId, pulse) },
      cells: reader.columns.map((column, c) => ({
        column: column.name,
        value: cellText(column, 0),
        fields: layout.fieldColumns.flatMap((owner, field) => {
          if (owner !== c) return [];
          const bits: string[] = [];
          const role: number[] = [];
          layout.lanes.forEach((lane, index) => {
            if (lane.field !== field) return;
            for (let b = lane.width - 1; b >= 0; b--) {
              bits.push(((reader.lanes[index][0] >>> b) & 1) === 1 ? '1' : '0');
              const constant = (((constantMasks?.[index] ?? 0) >>> b) & 1) === 1;
              const base = inBase?.[lane.start + lane.width - 1 - b] === 1;
              role.push(BIT_ROLE[constant ? 'constant' : base ? 'base' : 'deviation']);
            }
          });
          const ratio = schema.columns[c].mapping.kind === 'ratio';
          const label = ratio ? (layout.fieldColumns[field - 1] === c ? 'q' : 'p') : '';
          return [{ label, bits: bits.join(''), role: Uint8Array.from(role) }];
        }),
      })),
      bytesTouched: block.bytesOf(at),
      blocksRead,
      microseconds,
    };
  }
}

function reportOf({ trace, ...facts }: MadeBases, objective: ExperimentSettings['objective']): TableBases {
  return { ...facts, curve: { ...trace, objective } };
}
