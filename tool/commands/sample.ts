/** `dmla sample`: a random share of an archive's training records. Of pictures only their blocks are read. */
import { basename, extname } from 'node:path';
import type { ByteSource } from '../../src/core/archive/container.ts';
import { decodeTable, openArchive } from '../../src/core/archive/read.ts';
import { isImageArchive, openImageArchive } from '../../src/core/images/archive/read.ts';
import type { Pulse } from '../../src/core/pulse.ts';
import { writeNpz } from '../../src/readers/arrays/writeNpy.ts';
import { drawRecords } from '../../src/service/images/sampling.ts';
import { numberOf, type Arguments } from '../arguments.ts';
import { picturesAsArrays, tableAsArrays } from '../arrays.ts';
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

function draw(train: Uint32Array, asked: Arguments) {
  const fraction = numberOf(asked, 'fraction', { usual: 0.1, min: 0, max: 1 });
  if (fraction === 0) throw new UsageError('--fraction is 0; no record would be drawn.');
  const seed = numberOf(asked, 'seed', { usual: 1, min: 0, max: 2 ** 32 - 1, whole: true });
  const count = Math.min(train.length, Math.max(1, Math.round(train.length * fraction)));
  return { fraction, seed, drawn: drawRecords(train, count, seed) };
}

async function arraysOf(source: ByteSource, asked: Arguments, pulse: Pulse) {
  if (!(await isImageArchive(source))) {
    const archive = await openArchive(source, pulse);
    const { train } = archive.split;
    const { drawn, ...facts } = draw(train, asked);
    const table = await decodeTable(archive, pulse);
    return {
      ...facts,
      records: drawn.length,
      trainRecords: train.length,
      arrays: tableAsArrays(table, drawn),
    };
  }
  const archive = await openImageArchive(source, pulse);
  const { train } = archive.split;
  const { drawn, ...facts } = draw(train, asked);
  const { pixels, labels } = await archive.subset(drawn, pulse);
  const { shape, classNames } = archive;
  const arrays = picturesAsArrays({ shape, classNames, pixels, labels, records: drawn });
  return { ...facts, records: drawn.length, trainRecords: train.length, arrays };
}

export const sample: Command = {
  usage: 'sample X.dmla --fraction 0.1 --seed 1 -o subset.npz',
  purpose: 'Draws a random share of the training records, the same for the same seed.',
  options: { ...WRITES, fraction: 'value', seed: 'value', 'any-size': 'flag' },
  run(asked, { pulse }): Promise<Sampled> {
    const output = outputOf(asked);
    if (extname(output).toLowerCase() !== '.npz')
      throw new UsageError(`A sample is written as .npz, not as ${basename(output)}.`);
    const isForced = asked.flags.has('force');
    checkFree(output, isForced);
    return withArchive(onlyFile(asked), asked.flags.has('any-size'), async (source) => {
      const { arrays, ...facts } = await arraysOf(source, asked, pulse);
      await writeFileOf(output, writeNpz(arrays), isForced);
      return { file: output, ...facts };
    });
  },
  say: ({ file, records, trainRecords, seed }: Sampled) =>
    `${file}: ${records.toLocaleString('en')} of ${trainRecords.toLocaleString('en')} training records, seed ${seed}.`,
};
