import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { ERROR_ADVICE } from '../src/core/errors.ts';

const folder = new URL('../docs/errors/', import.meta.url);
const codes = Object.keys(ERROR_ADVICE);

it('every error code has a page that says what is kept and what to do, and a line in the list', () => {
  const pages = readdirSync(folder).filter((name) => name !== 'README.md');
  expect(pages.map((name) => name.replace(/\.md$/, '')).sort()).toEqual([...codes].sort());
  for (const code of codes) {
    const page = readFileSync(new URL(`${code}.md`, folder), 'utf8');
    expect(page.split('\n')[0]).toBe(`# ${code}`);
    expect(page.match(/^## .*/gm), code).toEqual(['## What is kept', '## What to do']);
  }
  const listed = [
    ...readFileSync(new URL('README.md', folder), 'utf8').matchAll(/^\| \[`(\w+)`\]\(\1\.md\) \| .+\. \|$/gm),
  ];
  expect(listed.map(([, code]) => code).sort()).toEqual([...codes].sort());
});
