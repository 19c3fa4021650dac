import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isFresh } from './build.ts';

describe('a build', () => {
  let folder = '';
  const write = (name: string, seconds: number): string => {
    const path = join(folder, name);
    writeFileSync(path, name);
    utimesSync(path, seconds, seconds);
    return path;
  };
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'build-'));
    mkdirSync(join(folder, 'src'));
    mkdirSync(join(folder, 'public/paper'), { recursive: true });
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is fresh when it is younger than everything that it is made of, tests and results aside', () => {
    const page = join(folder, 'index.html');
    const sources = [join(folder, 'src'), join(folder, 'public'), join(folder, 'not-there')];
    write('src/a.ts', 100);
    expect(isFresh(page, sources)).toBe(false);
    write('index.html', 200);
    expect(isFresh(page, sources)).toBe(true);
    write('src/a.test.ts', 300);
    expect(isFresh(page, sources)).toBe(true);
    write('public/paper/results.json', 300);
    expect(isFresh(page, sources)).toBe(true);
    write('src/b.ts', 300);
    expect(isFresh(page, sources)).toBe(false);
  });
});
