import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import type { Bundle } from './bundle.ts';
import { describeFirstScreen, weighFirstScreen } from './first-screen.ts';

const chunk = (code: string, more: Partial<Extract<Bundle[string], { type: 'chunk' }>> = {}) => ({
  type: 'chunk' as const,
  isEntry: false,
  facadeModuleId: null,
  imports: [],
  code,
  ...more,
});
const styles = (...names: string[]) => ({ importedCss: new Set(names) });

const BUNDLE: Bundle = {
  'assets/index.js': chunk('the entry', {
    isEntry: true,
    imports: ['assets/react.js'],
    viteMetadata: styles('assets/index.css'),
  }),
  'assets/react.js': chunk('what the entry imports'),
  'assets/start.js': chunk('the opening', {
    facadeModuleId: '/lab/src/stations/start/index.ts',
    imports: ['assets/index.js', 'assets/bars.js'],
  }),
  'assets/bars.js': chunk('what the opening imports', {
    imports: ['assets/react.js'],
    viteMetadata: styles('assets/index.css', 'assets/bars.css'),
  }),
  'assets/learn.js': chunk('what comes later', {
    facadeModuleId: '/lab/src/stations/learn/index.ts',
    imports: ['assets/recharts.js'],
    viteMetadata: styles('assets/learn.css'),
  }),
  'assets/recharts.js': chunk('what that imports'),
  'assets/index.css': { type: 'asset', source: 'a{}' },
  'assets/bars.css': { type: 'asset', source: new TextEncoder().encode('b{}') },
  'assets/learn.css': { type: 'asset', source: 'c{}' },
  'assets/codec.worker.js': { type: 'asset', source: 'a worker' },
};

it('the first screen is the entry, the opening, and what they import, each once; workers and the rest come later', () => {
  const { files, bytes } = weighFirstScreen(BUNDLE);
  expect(files.map(({ name }) => name).sort()).toEqual([
    'assets/bars.css',
    'assets/bars.js',
    'assets/index.css',
    'assets/index.js',
    'assets/react.js',
    'assets/start.js',
  ]);
  expect(files.find(({ name }) => name === 'assets/bars.css')?.bytes).toBe(gzipSync('b{}').byteLength);
  expect(bytes).toBe(files.reduce((sum, file) => sum + file.bytes, 0));
  expect(files.map((file) => file.bytes)).toEqual(files.map((file) => file.bytes).toSorted((a, b) => b - a));
});

it('its weight is said with its budget and its heaviest file first', () => {
  const files = [
    { name: 'assets/index.js', bytes: 120_460 },
    { name: 'assets/start.js', bytes: 4_000 },
  ];
  expect(describeFirstScreen({ files, bytes: 124_460 })).toBe(
    'First screen: 124.5 of 350.0 kB gzip (index.js 120.5, start.js 4.0).',
  );
});

it('a build without the opening is not passed over', () => {
  const { 'assets/start.js': _opening, ...rest } = BUNDLE;
  expect(() => weighFirstScreen(rest)).toThrow('/src/stations/start/index.ts');
});
