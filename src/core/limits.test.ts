import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  checkClaim,
  FORM_BYTES,
  LAYOUT_BYTES,
  MAX_CELLS,
  MAX_CLASSES,
  MAX_GROUP_RECORDS,
  MAX_PICTURE_BYTES,
  MAX_PIXEL_BYTES,
  PICTURE_RECORD_BYTES,
  TABLE_RECORD_BYTES,
} from './limits.ts';

describe('what an archive claims', () => {
  const code = (size: number, bytes: number, isTrusted?: boolean): string => {
    try {
      checkClaim({ size, isTrusted }, bytes, 'a lot');
      return 'taken';
    } catch (thrown) {
      return (thrown as { code: string }).code;
    }
  };

  it('is taken up to 64 MB, or 1,000 times the file, and beyond that from where it is trusted', () => {
    expect([code(400, 64e6), code(400, 64e6 + 1)]).toEqual(['taken', 'ARCHIVE_TOO_LARGE']);
    expect([code(64_000, 64e6), code(64_001, 64e6 + 1_000)]).toEqual(['taken', 'taken']);
    expect([code(1e6, 1e9), code(1e6, 1e9 + 1)]).toEqual(['taken', 'ARCHIVE_TOO_LARGE']);
    expect(code(400, 1e12, true)).toBe('taken');
  });

  it('says what and how much it is', () => {
    expect(() => checkClaim({ size: 403 }, 5e9, '7 records of 2 columns')).toThrow(
      'The archive claims 7 records of 2 columns, which would take 5 GB of memory. Its file has 403 bytes; of such a file, up to 64 MB are read without asking.',
    );
  });
});

it('the limits are those of the page on the format', () => {
  const [, page] = readFileSync(new URL('../../docs/FORMAT.md', import.meta.url), 'utf8').split('## Limits');
  const [section] = page.split('\n## ');
  for (const words of [
    `included | ${TABLE_RECORD_BYTES}: its number`,
    `its pixels, and ${PICTURE_RECORD_BYTES}: label`,
    `every base table | ${LAYOUT_BYTES}; ${FORM_BYTES} |`,
    'at most 64,000,000 bytes or 1,000 times',
    `2^${Math.log2(MAX_CELLS)} cells`,
    `2^${Math.log2(MAX_PICTURE_BYTES)} values`,
    `all pictures of an archive 2^${Math.log2(MAX_PIXEL_BYTES)}`,
    `at most ${MAX_CLASSES} classes`,
    `2^${Math.log2(MAX_GROUP_RECORDS + 1)} − 1 records`,
  ])
    expect(section).toContain(words);
});
