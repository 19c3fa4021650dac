import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { cosine } from '../src/core/images/transforms/cosine.ts';
import { butterfliesText } from './butterflies.ts';

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');

it('the straight-line transforms are what their script makes', () => {
  expect(read('../src/core/images/transforms/butterflies.generated.ts')).toBe(butterfliesText());
});

it('the page of the format lists the constants', () => {
  const listed = [...read('../docs/FORMAT.md').matchAll(/\b(\d{1,2}): (\d{5,7})\b/g)];
  expect(listed.length).toBe(60);
  for (const [, k, value] of listed) {
    expect(Number(value)).toBe(Math.round(2 ** 20 * cosine(Number(k), 128)));
  }
});
