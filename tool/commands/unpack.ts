/** `dmla unpack`: everything that an archive holds, in a form that other programs read. */
import { basename, extname } from 'node:path';
import { isImageArchive, openImageArchive } from '../../src/core/images/archive/read.ts';
import { pictureFiles, zipOf } from '../../src/service/images/exports.ts';
import { allPictures, setFile } from '../../src/service/images/setFiles.ts';
import { tableFile } from '../../src/service/exports.ts';
import { decodeTable, openArchive } from '../../src/core/archive/read.ts';
import type { ByteSource } from '../../src/core/archive/container.ts';
import type { Pulse } from '../../src/core/pulse.ts';
import { writeNpz } from '../../src/readers/arrays/writeNpy.ts';
import { tableAsArrays } from '../arrays.ts';
import { onlyFile, outputOf, WRITES, type Command } from '../command.ts';
import { UsageError } from '../errors.ts';
import { withArchive } from '../archiveFile.ts';
import { checkFree, writeBlob, writeFileOf, writeFolderOf } from '../output.ts';

const TABLE_FORMATS = ['csv', 'jsonl', 'parquet'] as const;
const PICTURE_FORMATS = ['npz', 'parquet'] as const;

interface Unpacked {
  file: string;
  holds: 'table' | 'pictures';
  records: number;
}

async function unpackTable(source: ByteSource, output: string, isForced: boolean, pulse: Pulse) {
  const form = extname(output).toLowerCase();
  const format = TABLE_FORMATS.find((one) => form === `.${one}`);
  if (format === undefined && form !== '.npz')
    throw new UsageError(
      `A table is unpacked to .csv, .jsonl, .parquet or .npz, not to ${basename(output)}.`,
    );
  const table = await decodeTable(await openArchive(source, pulse), pulse);
  if (format === undefined) await writeFileOf(output, writeNpz(tableAsArrays(table)), isForced);
  else await writeBlob(output, (await tableFile('', table, format, pulse)).file, isForced);
  return { file: output, holds: 'table' as const, records: table.rows };
}

async function unpackPictures(source: ByteSource, output: string, isForced: boolean, pulse: Pulse) {
  const form = extname(output).toLowerCase();
  const archive = await openImageArchive(source, pulse);
  if (form === '.zip') await writeFileOf(output, zipOf(pictureFiles(archive, pulse)), isForced);
  else if (form === '') await writeFolderOf(output, pictureFiles(archive, pulse), isForced);
  else {
    const format = PICTURE_FORMATS.find((one) => form === `.${one}`);
    if (format === undefined)
      throw new UsageError(
        `Pictures are unpacked to .zip, .npz, .parquet or a folder, not to ${basename(output)}.`,
      );
    await writeFileOf(output, setFile(await allPictures(archive, pulse), format, pulse), isForced);
  }
  return { file: output, holds: 'pictures' as const, records: archive.schema.records };
}

export const unpack: Command = {
  usage: 'unpack X.dmla -o FILE',
  purpose:
    'Writes everything an archive holds: a table as .csv, .jsonl, .parquet or .npz; pictures as PNGs in a .zip or a folder, or as .npz or .parquet.',
  options: { ...WRITES, 'any-size': 'flag' },
  run(asked, { pulse }): Promise<Unpacked> {
    const output = outputOf(asked);
    const isForced = asked.flags.has('force');
    checkFree(output, isForced);
    return withArchive(onlyFile(asked), asked.flags.has('any-size'), async (source) =>
      ((await isImageArchive(source)) ? unpackPictures : unpackTable)(source, output, isForced, pulse),
    );
  },
  say: ({ file, holds, records }: Unpacked) =>
    `${file}: ${records.toLocaleString('en')} ${holds === 'table' ? 'records' : 'pictures'}.`,
};
