/** `dmla inspect`: what an archive holds, without its records. */
import { basename } from 'node:path';
import { isImageArchive } from '../../src/core/images/archive/read.ts';
import { onlyFile, type Command } from '../command.ts';
import { withArchive } from '../archiveFile.ts';
import { inspectPictures, picturesInWords } from '../inspection/pictures.ts';
import { inspectTable, tableInWords } from '../inspection/table.ts';

type Found = Awaited<ReturnType<typeof inspectTable>> | Awaited<ReturnType<typeof inspectPictures>>;

export const inspect: Command = {
  usage: 'inspect X.dmla',
  purpose: 'Says what an archive holds and where its bytes went.',
  options: { 'any-size': 'flag' },
  async run(asked): Promise<Found> {
    const path = onlyFile(asked);
    return withArchive(path, asked.flags.has('any-size'), async (source) =>
      (await isImageArchive(source))
        ? inspectPictures(source, basename(path))
        : inspectTable(source, basename(path)),
    );
  },
  say: (found: Found) => ('pictures' in found ? picturesInWords(found) : tableInWords(found)),
};
