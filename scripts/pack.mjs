// npm run pack: the command line tool and the library as a package without dependencies, in package/ or --out DIR.
// Installing it needs no network.
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));
const { values } = parseArgs({ options: { out: { type: 'string', default: `${root}package` } } });
const out = resolve(values.out);
const { version, license, engines } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));

rmSync(out, { recursive: true, force: true });
await build({
  root,
  configFile: false,
  logLevel: 'error',
  publicDir: false,
  ssr: { noExternal: true, target: 'node' },
  build: {
    ssr: true,
    outDir: out,
    target: 'node20',
    rolldownOptions: {
      input: { dmla: `${root}tool/main.ts`, index: `${root}tool/library.ts` },
      output: {
        entryFileNames: '[name].mjs',
        chunkFileNames: 'chunks/[name]-[hash].mjs',
        banner: ({ name }) => (name === 'dmla' ? '#!/usr/bin/env node' : ''),
      },
    },
  },
});
chmodSync(`${out}/dmla.mjs`, 0o755);

// Code of the picture decoders, which is read when the first such picture comes.
mkdirSync(`${out}/wasm`);
for (const code of ['@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm', '@jsquash/webp/codec/dec/webp_dec.wasm'])
  copyFileSync(createRequire(import.meta.url).resolve(code), `${out}/wasm/${basename(code)}`);

// Types of the library, and of what it names.
const tsc = createRequire(import.meta.url)
  .resolve('typescript-native/package.json')
  .replace(/package\.json$/, 'bin/tsc');
execFileSync(
  process.execPath,
  [tsc, '--project', `${root}tool/tsconfig.package.json`, '--outDir', `${out}/types`],
  {
    cwd: root,
    stdio: 'inherit',
  },
);

keepOwnTypes();

for (const file of ['LICENSE', 'tool/README.md'])
  copyFileSync(`${root}${file}`, `${out}/${file.split('/').at(-1)}`);
writeFileSync(
  `${out}/package.json`,
  `${JSON.stringify(
    {
      name: 'dmla',
      version,
      description: 'Archives of dreaMLearning Lab: a command line tool and a library that reads them',
      license,
      type: 'module',
      engines,
      bin: { dmla: 'dmla.mjs' },
      exports: { '.': { types: './types/tool/library.d.ts', default: './index.mjs' } },
      sideEffects: false,
    },
    null,
    2,
  )}\n`,
);
/**
 * Leaves of the types those that the library's own name, and makes sure that they name no package: whoever uses the library
 * has none of them.
 */
function keepOwnTypes() {
  const kept = new Set([`${out}/types/tool/library.d.ts`]);
  for (const file of kept) {
    for (const [, name] of readFileSync(file, 'utf8').matchAll(
      /(?:from |import\(|import )["']([^"']+)["']/g,
    )) {
      if (!name.startsWith('.')) throw new Error(`${file} names the types of ${name}.`);
      kept.add(resolve(dirname(file), name.replace(/\.ts$/, '.d.ts')));
    }
  }
  for (const name of readdirSync(`${out}/types`, { recursive: true, encoding: 'utf8' }))
    if (/\.d\.ts$/.test(name) && !kept.has(`${out}/types/${name}`)) rmSync(`${out}/types/${name}`);
}

console.log(`The package is in ${out}. Install it by: npm install ${out}`);
