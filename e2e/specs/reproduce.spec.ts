/** `npm run reproduce`, which drives the build in a browser of its own. */
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { METHOD_METAS } from '../../src/contracts/methods.ts';
import { makePictures, pictureZip } from '../pages/pictures.ts';

/** The methods that look at pictures. */
const CHOOSING = METHOD_METAS.all.filter(({ needsNetwork }) => needsNetwork).map(({ name }) => name);

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** What the command prints, and how it ends. */
function reproduce(args: readonly string[]): Promise<{ code: number | null; out: string; err: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['--import', 'tsx', 'scripts/reproduce.ts', ...args], {
      cwd: ROOT,
    });
    let [out, err] = ['', ''];
    child.stdout.on('data', (chunk) => (out += String(chunk)));
    child.stderr.on('data', (chunk) => (err += String(chunk)));
    child.once('close', (code) => resolve({ code, out, err }));
  });
}

test('the runs of one of the paper’s tables are listed with nothing trained', async () => {
  const { code, out, err } = await reproduce(
    'table 4 --dry-run --methods random,full --fractions 0.01 --seeds 1,2 --out not-there.json'.split(' '),
  );
  expect(code, err).toBe(0);
  expect(out).toMatch(/^Table 4 · mnist · lenet5, 100 epochs\n {2}random 1.%, seed 1 .*\n {2}full, seed 1 /);
  expect(out).toContain('3 runs of 3 to train');
});

test('the reproduction prints a JSON object for every run, of methods that choose pictures too, and ends with the code of one that fails', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'reproduce-'));
  const [path, file] = ['shapes.zip', 'results.json'].map((name) => join(folder, name));
  await writeFile(path, pictureZip(makePictures(60)));
  try {
    // Two selections of those that choose again; a share that is not one of the pictures fails beside the others.
    const { code, out, err } = await reproduce(
      (
        `${path} --model softmax --epochs 5 --backend wasm --fractions 0.5,0.001 --json --out ${file} ` +
        `--methods random,dreamlearning,${CHOOSING.join()} --reselect 2 --pretrain 3 --window 3 --bins 2`
      ).split(' '),
    );
    const results = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(results, err).toHaveLength(2 + CHOOSING.length);
    const random = results.find(({ method }) => method === 'random');
    const archive = results.find(({ method }) => method === 'dreamlearning');
    expect(random).toMatchObject({
      ...{ dataset: 'shapes.zip', model: 'softmax', width: null, method: 'random', fraction: 0.5, seed: 1 },
      ...{ epochs: 5, backend: 'wasm', storageRatio: null, selection: null },
    });
    expect(archive).toMatchObject({ method: 'dreamlearning', fraction: 0.5, epochs: 5 });
    expect(archive?.storageRatio).toBeGreaterThan(0);
    expect(random?.curve).toEqual([{ epoch: 5, accuracy: random?.accuracy }]);
    const kept = JSON.parse(await readFile(file, 'utf8')) as { results: unknown[] };
    expect(kept.results).toHaveLength(results.length);
    expect(kept.results).toEqual(expect.arrayContaining(results));
    // Three classes: chance is a third. The archive is lossless, so that both see the same pixels.
    expect(random?.accuracy).toBeGreaterThan(0.5);
    expect(archive?.accuracy).toBe(random?.accuracy);
    for (const method of CHOOSING) {
      const chosen = results.find((result) => result.method === method);
      const isOnce = METHOD_METAS.byName(method).isFixed;
      expect(chosen, method).toMatchObject({
        selection: { refreshes: isOnce ? 1 : 2, pretrained: isOnce ? 3 : 0 },
      });
      expect(chosen?.accuracy, method).toBeGreaterThan(0.5);
    }
    expect(code).toBe(1);
    expect(err).toContain('TRAINING_SUBSET_EMPTY: ');
  } finally {
    await rm(folder, { recursive: true });
  }
});
