/** The lab's own archive, measured as the peers are. */
import { joinPieces, memorySource } from '../core/archive/container.ts';
import { decodeTable, locateRecord, openArchive, RecordReader } from '../core/archive/read.ts';
import { CODECS } from '../core/codecs/registry.ts';
import { makeArchive, type DatasetLabel } from '../core/experiment/archiving.ts';
import type { ExperimentSettings } from '../core/experiment/settings.ts';
import { Workbench } from '../core/experiment/workbench.ts';
import type { Pulse } from '../core/pulse.ts';
import type { Table } from '../core/table/table.ts';
import { cellOf, type Cell, type EncodedTable, type Peer, type RecordSource } from './peer.ts';

export interface ArchiveSubject {
  /** Training and test records, as the archive holds them. */
  table: Table;
  testRows: number | null;
  /** Without a target: what is learned is no part of the encoding. */
  settings: ExperimentSettings;
  label: DatasetLabel;
  /** Bytes of the training part where they are known, analytics bits included; else those of what is encoded. */
  bytes: number | null;
}

/** Every block fetched and checked, as a page has it that shows one record after another. */
async function openRecords(file: Uint8Array): Promise<RecordSource> {
  const archive = await openArchive(memorySource(file, { isTrusted: true }));
  const reader = new RecordReader(archive);
  for (const name of ['train', 'test'] as const) {
    const { records, recordsPerBlock } = archive[name];
    for (let position = 0; position < records; position += recordsPerBlock)
      await reader.fetch({ group: name, position });
  }
  return {
    fetch(row) {
      const place = locateRecord(archive, row);
      const { recordsPerBlock, resident } = archive[place.group];
      const read = (): Cell[] => {
        reader.decode(place);
        return reader.columns.map((column) => cellOf(column, 0));
      };
      // A large archive does not stay whole: a block that went is fetched and checked again.
      const isHere = resident(Math.floor(place.position / recordsPerBlock)) !== null;
      return isHere ? read() : reader.fetch(place).then(read);
    },
  };
}

async function encode(
  { table, testRows, settings, label, bytes }: ArchiveSubject,
  pulse: Pulse,
): Promise<EncodedTable> {
  // A fresh workbench: mappings, planes, search, packing, checksums, everything from the typed columns on.
  const made = await makeArchive(new Workbench(table, testRows), settings, label, pulse);
  const file = joinPieces(made.image);
  return {
    file,
    bytes: bytes ?? made.bytes.train,
    decode: async (pulse) =>
      decodeTable(await openArchive(memorySource(file, { isTrusted: true }), pulse), pulse),
    open: () => openRecords(file),
  };
}

export function archivePeer(subject: ArchiveSubject): Peer {
  const { meta } = CODECS.byName(subject.settings.codec);
  return {
    name: 'archive',
    label: meta.label,
    sentence:
      meta.bases === null
        ? 'This lab’s archive: one model stored once, any record read with the few that it is coded with.'
        : 'This lab’s archive: bases stored once, any record read alone from its base and its deviation.',
    isOurs: true,
    randomAccess: true,
    table: subject.table,
    prepare: () => Promise.resolve((pulse) => encode(subject, pulse)),
  };
}
