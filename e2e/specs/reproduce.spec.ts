/** `npm run reproduce`, which drives the build in a browser of its own. */
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
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

test('the reproduction prints a JSON object for every run, and ends with the code of one that fails', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'reproduce-'));
  const path = join(folder, 'shapes.zip');
  await writeFile(path, pictureZip(makePictures(60)));
  try {
    // A share that is not one of the pictures fails beside the others.
    const { code, out, err } = await reproduce(
      `${path} --model softmax --epochs 2 --backend wasm --fractions 0.5,0.001 --methods random,dreamlearning --json`.split(
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
    // Three classes: chance is a third. The archive is lossless, so that both see the same pixels.
    expect(random?.accuracy).toBeGreaterThan(0.5);
    expect(archive?.accuracy).toBe(random?.accuracy);
    expect(code).toBe(1);
    expect(err).toContain('TRAINING_SUBSET_EMPTY: ');
  } finally {
    await rm(folder, { recursive: true });
  }
});
