import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';

const ROOT = new URL('../', import.meta.url);
const FOLDERS = ['bench', 'e2e', 'scripts', 'src', 'workers'];

/** A module's path without its ending, its case and a plural s. */
const gist = (path: string) =>
  path
    .replace(/\.tsx?$/, '')
    .replace(/s$/, '')
    .toLowerCase();

it('no two modules are told apart by case or plural alone', () => {
  const modules = FOLDERS.flatMap((folder) =>
    readdirSync(new URL(folder, ROOT), { recursive: true, encoding: 'utf8' })
      .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
      .filter((path) => /(?<!\.test)\.tsx?$/.test(path)),
  );
  expect(modules).toContain('src/core/settings.ts');
  const first = new Map(modules.map((path) => [gist(path), path]));
  expect(modules.filter((path) => first.get(gist(path)) !== path)).toEqual([]);
});
