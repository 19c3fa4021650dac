import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { gzipSync } from 'node:zlib';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LabError } from '../src/core/errors.ts';
import { SILENT_PULSE } from '../src/core/pulse.ts';
import { openArchive } from '../src/core/archive/read.ts';
import { memorySource } from '../src/core/archive/container.ts';
import { run } from './commands.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dmla-'));
  await writeFile(at('table.csv'), table());
});
afterAll(() => rm(folder, { recursive: true }));

const at = (name: string): string => join(folder, name);

/** Rows that have something to be condensed, a text and a missing cell. */
function table(rows = 200): string {
  const lines = Array.from({ length: rows }, (_, k) => {
    const width = ((k * 37) % 101) / 10;
    return [
      width,
      ['red', 'green', 'blue'][k % 3],
      k % 17 === 0 ? '' : k % 9,
      (3 * width + (k % 7)).toFixed(2),
    ];
  });
  return ['width,colour,count,price', ...lines.map((line) => line.join(','))].join('\n') + '\n';
}

/** Runs a command. @param beats after how many beats it is broken off */
async function dmla(line: string[], beats = Infinity) {
  const [out, err]: [string[], string[]] = [[], []];
  let left = beats;
  const exit = await run(line, {
    out: (text) => out.push(text),
    err: (text) => err.push(text),
    watch: () => ({
      pulse:
        beats === Infinity
          ? SILENT_PULSE
          : {
              due: () => true,
              beat: () =>
                left-- > 0
                  ? Promise.resolve()
                  : Promise.reject(new LabError('CANCELLED', 'The command was broken off.')),
            },
      cancel: () => undefined,
      end: () => undefined,
    }),
  });
  return { exit, out: out.join('\n'), err: err.join('\n') };
}

const jsonOf = async (line: string[]): Promise<Record<string, unknown>> => {
  const { exit, out, err } = await dmla([...line, '--json']);
  expect(exit, out + err).toBe(0);
  return JSON.parse(out) as Record<string, unknown>;
};

describe('a table on the command line', () => {
  it('is compressed with the settings that links know, inspected, verified and given back', async () => {
    const archive = at('table.dmla');
    const made = await jsonOf(['compress', at('table.csv'), '-o', archive, '--target', 'price', '--beta=5']);
    expect(made).toMatchObject({ holds: 'table', records: 200, codec: 'entrogede', isLossless: true });
    const bytes = await readFile(archive);
    expect(bytes).toHaveLength(made.bytes as number);
    const { experiment } = await openArchive(memorySource(bytes));
    expect(JSON.parse(experiment ?? '')).toMatchObject({ target: 'price', beta: 5, learningRate: 'auto' });

    expect(await jsonOf(['inspect', archive])).toMatchObject({ rows: 200, bytes: bytes.length });
    expect(await jsonOf(['verify', archive])).toMatchObject({ records: 200, claims: null });
    await jsonOf(['unpack', archive, '-o', at('back.csv')]);
    await jsonOf(['compress', at('back.csv'), '-o', at('again.dmla')]);
    const [one, other] = [await jsonOf(['inspect', archive]), await jsonOf(['inspect', at('again.dmla')])];
    expect((other.dataset as { id: string }).id).toBe((one.dataset as { id: string }).id);
  });

  it('is drawn from in one pass where it does not fit, quoted line ends and all', async () => {
    const rows = Array.from({ length: 500 }, (_, k) => `${k},"a ""b""\n${k}",${k % 7}`);
    await writeFile(at('long.csv.gz'), gzipSync(['id,note,kind', ...rows].join('\n')));
    const draw = async (name: string, seed: string) => {
      const line = ['compress', at('long.csv.gz'), '--sample-rows', '100', '--sample-seed', seed];
      expect(await jsonOf([...line, '-o', at(`${name}.dmla`)])).toMatchObject({ records: 100 });
      await jsonOf(['unpack', at(`${name}.dmla`), '-o', at(`${name}.csv`)]);
      return readFile(at(`${name}.csv`), 'utf8');
    };
    const text = await draw('drawn', '1');
    expect(await draw('drawn-again', '1')).toBe(text);
    expect(await draw('drawn-otherwise', '2')).not.toBe(text);
    const ids = [...text.matchAll(/^(\d+),"a ""b""\n\1",/gm)].map(([, id]) => Number(id));
    expect(ids).toHaveLength(100);
    expect(ids).toEqual([...new Set(ids)].sort((a, b) => a - b));
    expect(ids.at(-1)).toBeGreaterThan(250);
  });

  it('is condensed by what the archive says, or by what is said', async () => {
    const archive = at('table.dmla');
    const { samples } = await jsonOf(['condense', archive, '-o', at('samples.csv')]);
    const lines = (await readFile(at('samples.csv'), 'utf8')).trim().split('\n');
    expect(lines).toHaveLength(1 + (samples as number));
    const weights = lines.slice(1).map((line) => Number(line.split(',').at(-1)));
    // Of 160 training records ten lack a cell and are left out.
    expect(weights.reduce((sum, weight) => sum + weight, 0)).toBe(150);
    const fewer = await jsonOf(['condense', archive, '-o', at('fewer.csv'), '--beta', '2']);
    expect(fewer.samples).toBeLessThan(samples as number);
    const { exit, err } = await dmla(['condense', archive, '-o', at('none.csv'), '--target', 'weight']);
    expect([exit, err.includes('TARGET_UNKNOWN')]).toEqual([1, true]);
  });

  it('is written as SQL for the engines that are known, and nothing else is printed', async () => {
    const archive = at('table.dmla');
    const { exit, out } = await dmla(['sql', archive, '--from', "it's here.parquet"]);
    expect(exit).toBe(0);
    expect(out).toMatch(/^-- Weighted condensed samples \(DuckDB\)\n/);
    expect(out).toContain("read_parquet('it''s here.parquet')");
    const spark = await jsonOf(['sql', archive, '--dialect', 'spark', '--query', 'ranges', '--from', 'a.b']);
    expect(spark.sql).toContain('`a`.`b`');
    expect((await dmla(['sql', archive, '--query', 'everything'])).exit).toBe(2);
  });

  it('gives the same sample for the same seed, which the lab reads again', async () => {
    const sample = async (name: string, seed: string) => {
      await jsonOf(['sample', at('table.dmla'), '--fraction', '0.25', '--seed', seed, '-o', at(name)]);
      return readFile(at(name));
    };
    const one = await sample('one.npz', '1');
    expect(await sample('same.npz', '1')).toEqual(one);
    expect(await sample('other.npz', '2')).not.toEqual(one);
    // A stored zip: the header of the first array stands in it as it is.
    expect(one.toString('latin1')).toContain("{'descr': '<f8', 'fortran_order': False, 'shape': (40,), }");
  });
});

it('pictures go to an archive as arrays and as files, and come out the same', async () => {
  const { makePictures, pictureZip } = await import('../e2e/pages/pictures.ts');
  const made = makePictures(8, { size: 8 });
  await writeFile(at('shapes.zip'), pictureZip(made));
  const archive = at('shapes.dmla');
  expect(await jsonOf(['compress', at('shapes.zip'), '-o', archive])).toMatchObject({ holds: 'pictures' });
  for (const target of ['shapes', 'back.zip', 'back.npz', 'back.parquet'])
    await jsonOf(['unpack', archive, '-o', at(target)]);
  expect((await readdir(at('shapes'))).sort()).toEqual(['test', 'train']);
  for (const source of ['shapes', 'back.zip', 'back.npz', 'back.parquet']) {
    await jsonOf(['compress', at(source), '-o', at(`from-${source}.dmla`), '--codec', 'dense']);
    const { pictures, codec } = await jsonOf(['inspect', at(`from-${source}.dmla`)]);
    expect([pictures, codec], source).toEqual([made.pictures.length, 'dense']);
  }
  for (const some of ['some.npz', 'some.parquet']) {
    const { records } = await jsonOf(['sample', archive, '--fraction', '0.5', '-o', at(some)]);
    // Half of three times six training pictures.
    expect(records).toBe(9);
    await jsonOf(['compress', at(some), '-o', at(`from-${some}.dmla`)]);
    expect((await jsonOf(['inspect', at(`from-${some}.dmla`)])).pictures).toBe(9);
  }
});

describe('what cannot be done', () => {
  it('is said by a code, on the error output or as JSON, and by how the command ends', async () => {
    const archive = at('table.dmla');
    const csv = at('table.csv');
    await writeFile(at('cut.csv.gz'), gzipSync(table()).subarray(0, 200));
    await writeFile(at('open.csv'), `a,b\n1,"2\n${'3,4\n'.repeat(5_000_000)}`);
    for (const [line, exit, what] of [
      [['frob'], 2, 'no command frob'],
      [['compress', csv], 2, 'Say where to write to'],
      [['compress', csv, '-o', at('x.dmla'), '--bta', '9'], 2, 'no option --bta'],
      [['compress', csv, '-o', at('x.dmla'), '--tau', 'many'], 2, 'many'],
      [['compress', csv, '-o', at('x.dmla'), '--beta'], 2, 'wants a value'],
      [['compress', archive, '-o', at('x.dmla')], 2, 'an archive already'],
      [['compress', at('nothing.csv'), '-o', at('x.dmla')], 1, 'FILE_UNREADABLE'],
      [['compress', csv, '-o', archive], 1, 'FILE_EXISTS'],
      [['compress', csv, '-o', join(folder, 'nowhere', 'x.dmla')], 1, 'FILE_UNWRITABLE'],
      [['unpack', archive, '-o', at('x.zip')], 2, '.csv, .jsonl, .parquet or .npz'],
      [['compress', at('cut.csv.gz'), '-o', at('x.dmla'), '--sample-rows', '9'], 1, 'GZIP_DAMAGED'],
      [['compress', at('open.csv'), '-o', at('x.dmla'), '--sample-rows', '9'], 1, 'CSV_QUOTES'],
      [['compress', archive, '-o', at('x.dmla'), '--sample-rows', '9'], 1, 'CSV_BINARY'],
      [['verify', csv], 1, 'ARCHIVE_CORRUPT'],
      [['sample', archive, '--fraction', '2', '-o', at('x.npz')], 2, 'from 0 to 1'],
    ] as const) {
      const said = await dmla([...line]);
      expect([said.exit, said.out], line.join(' ')).toEqual([exit, '']);
      expect(said.err).toContain(what);
    }
    const { exit, out } = await dmla(['verify', at('nothing.dmla'), '--json']);
    expect([exit, JSON.parse(out)]).toMatchObject([1, { error: { code: 'FILE_UNREADABLE' } }]);
  });

  it('leaves nothing behind where it is broken off, and what was there as it was', async () => {
    const before = await readdir(folder);
    const old = await readFile(at('table.dmla'));
    for (const beats of [0, 3, 6]) {
      const line = ['compress', at('table.csv'), '-o', at('table.dmla'), '--force', '--beta', '3'];
      expect((await dmla(line, beats)).exit).toBe(130);
    }
    expect(await readFile(at('table.dmla'))).toEqual(old);
    expect(await readdir(folder)).toEqual(before);
  });
});
