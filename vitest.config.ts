import { readdirSync, readFileSync } from 'node:fs';
import { defineConfig, mergeConfig } from 'vitest/config';
import viteConfig from './vite.config.ts';

const ROOT = new URL('./', import.meta.url);

/** Paths of the tests, and what is written there. */
const TESTS = ['src', 'bench', 'scripts', 'tool'].flatMap((folder) =>
  readdirSync(new URL(folder, ROOT), { recursive: true, encoding: 'utf8' })
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .filter((path) => /\.test\.tsx?$/.test(path))
    .map((path) => ({ path, text: readFileSync(new URL(path, ROOT), 'utf8') })),
);

/** Tests that change what others would share with them: tfjs' one registry of backends and kernels, or modules. */
const isAlone = ({ path, text }: { path: string; text: string }): boolean =>
  path.startsWith('src/learning/') || /\bvi\.(mock|doMock|resetModules)\(/.test(text);

/** A test of a view asks for a page in its first line: // @vitest-environment happy-dom */
const hasPage = ({ text }: { text: string }): boolean => text.startsWith('// @vitest-environment happy-dom');

const pathsOf = (tests: typeof TESTS): string[] => tests.map(({ path }) => path);
const shared = TESTS.filter((test) => !isAlone(test));

/**
 * Tests that share their modules: loading these anew for every file takes longer than most files' tests. A thread goes
 * on to the next file only where that is of the same project and environment; so each of these runs by itself.
 */
const sharing = (name: string, tests: typeof TESTS, groupOrder: number) => ({
  extends: true as const,
  test: { name, include: pathsOf(tests), isolate: false, sequence: { groupOrder } },
});

export default mergeConfig(
  viteConfig,
  defineConfig({
    test: {
      environment: 'node',
      // Its modules name each other without their endings, which Node does not resolve.
      server: { deps: { inline: ['dt-sql-parser'] } },
      setupFiles: ['scripts/unit-setup.ts'],
      pool: 'threads',
      maxWorkers: 2,
      testTimeout: 30_000,
      hookTimeout: 30_000,
      projects: [
        sharing(
          'plain',
          shared.filter((test) => !hasPage(test)),
          1,
        ),
        sharing('views', shared.filter(hasPage), 2),
        {
          extends: true,
          test: { name: 'alone', include: pathsOf(TESTS.filter(isAlone)), sequence: { groupOrder: 3 } },
        },
      ],
    },
  }),
);
