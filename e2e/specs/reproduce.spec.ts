/** `npm run reproduce`, which drives the build in a browser of its own. */
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { makePictures, pictureZip } from '../pages/pictures.ts';

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

test('the reproduction prints a JSON object for every run, and ends with the code of one that fails', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'reproduce-'));
  const [path, file] = ['shapes.zip', 'results.json'].map((name) => join(folder, name));
  await writeFile(path, pictureZip(makePictures(60)));
  try {
    // A share that is not one of the pictures fails beside the others.
    const { code, out, err } = await reproduce(
      `${path} --model softmax --epochs 2 --backend wasm --fractions 0.5,0.001 --methods random,dreamlearning --json --out ${file}`.split(
        ' ',
      ),
    );
    const results = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(results, err).toHaveLength(2);
    const random = results.find(({ method }) => method === 'random');
    const archive = results.find(({ method }) => method === 'dreamlearning');
    expect(random).toMatchObject({
      ...{ dataset: 'shapes.zip', model: 'softmax', width: null, method: 'random', fraction: 0.5, seed: 1 },
      ...{ epochs: 2, backend: 'wasm', storageRatio: null },
    });
    expect(archive).toMatchObject({ method: 'dreamlearning', fraction: 0.5, epochs: 2 });
    expect(archive?.storageRatio).toBeGreaterThan(0);
    expect(random?.curve).toEqual([{ epoch: 2, accuracy: random?.accuracy }]);
    const kept = JSON.parse(await readFile(file, 'utf8')) as { results: unknown[] };
    expect(kept.results).toEqual([random, archive]);
    // Three classes: chance is a third. The archive is lossless, so that both see the same pixels.
    expect(random?.accuracy).toBeGreaterThan(0.5);
    expect(archive?.accuracy).toBe(random?.accuracy);
    expect(code).toBe(1);
    expect(err).toContain('TRAINING_SUBSET_EMPTY: ');
  } finally {
    await rm(folder, { recursive: true });
  }
});
