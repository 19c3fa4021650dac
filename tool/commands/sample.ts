/** `dmla sample`: a random share of an archive's training records. Of pictures only their blocks are read. */
import { basename, extname } from 'node:path';
import type { ByteSource } from '../../src/core/archive/container.ts';
import { decodeTable, openArchive } from '../../src/core/archive/read.ts';
import { isImageArchive, openImageArchive } from '../../src/core/images/archive/read.ts';
import type { Pulse } from '../../src/core/pulse.ts';
import { writeNpz } from '../../src/readers/arrays/writeNpy.ts';
import { tableFile } from '../../src/service/exports.ts';
import { drawShare, type Draw } from '../../src/service/images/sampling.ts';
import { drawnPictures, setFile } from '../../src/service/images/setFiles.ts';
import { numberOf, type Arguments } from '../arguments.ts';
import { pickRecords, tableAsArrays } from '../arrays.ts';
import { onlyFile, outputOf, WRITES, type Command } from '../command.ts';
import { UsageError } from '../errors.ts';
import { withArchive } from '../archiveFile.ts';
import { checkFree, writeFileOf } from '../output.ts';

interface Sampled {
  file: string;
  records: number;
  trainRecords: number;
  fraction: number;
  seed: number;
}

const FORMATS = ['npz', 'parquet'] as const;

/** What is asked for: the share and the seed. */
function drawOf(asked: Arguments): Draw {
  const fraction = numberOf(asked, 'fraction', { usual: 0.1, min: 0, max: 1 });
  if (fraction === 0) throw new UsageError('--fraction is 0; no record would be drawn.');
  return { fraction, seed: numberOf(asked, 'seed', { usual: 1, min: 0, max: 2 ** 32 - 1, whole: true }) };
}

/** The records that are drawn, as a file, and how many of how many they are. */
async function drawnFile(
  source: ByteSource,
  draw: Draw,
  format: (typeof FORMATS)[number],
  pulse: Pulse,
): Promise<{ pieces: AsyncIterable<Uint8Array>; records: number; trainRecords: number }> {
  if (await isImageArchive(source)) {
    const archive = await openImageArchive(source, pulse);
    const drawn = await drawnPictures(archive, draw, pulse);
    return {
      pieces: setFile(drawn, format, pulse),
      records: drawn.records.length,
      trainRecords: archive.split.train.length,
    };
  }
  const archive = await openArchive(source, pulse);
  const { train } = archive.split;
  const records = drawShare(train, draw);
  const table = pickRecords(await decodeTable(archive, pulse), records);
  const pieces =
    format === 'npz'
      ? (async function* () {
          yield* writeNpz(tableAsArrays(table));
        })()
      : ((await tableFile('', table, format, pulse)).file.stream() as AsyncIterable<Uint8Array>);
  return { pieces, records: records.length, trainRecords: train.length };
}

export const sample: Command = {
  usage: 'sample X.dmla --fraction 0.1 --seed 1 -o subset.npz',
  purpose: 'Draws a random share of the training records, the same for the same seed, as .npz or .parquet.',
  options: { ...WRITES, fraction: 'value', seed: 'value', 'any-size': 'flag' },
  run(asked, { pulse }): Promise<Sampled> {
    const output = outputOf(asked);
    const format = FORMATS.find((one) => extname(output).toLowerCase() === `.${one}`);
    if (format === undefined)
      throw new UsageError(`A sample is written as .npz or .parquet, not as ${basename(output)}.`);
    const isForced = asked.flags.has('force');
    checkFree(output, isForced);
    return withArchive(onlyFile(asked), asked.flags.has('any-size'), async (source) => {
      const draw = drawOf(asked);
      const { pieces, ...facts } = await drawnFile(source, draw, format, pulse);
      await writeFileOf(output, pieces, isForced);
      return { file: output, ...facts, ...draw };
    });
  },
  say: ({ file, records, trainRecords, seed }: Sampled) =>
    `${file}: ${records.toLocaleString('en')} of ${trainRecords.toLocaleString('en')} training records, seed ${seed}.`,
};
