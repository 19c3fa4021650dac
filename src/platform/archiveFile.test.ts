import { describe, expect, it } from 'vitest';
import { isArchiveFile } from './archiveFile.ts';

describe('isArchiveFile', () => {
  it.each([
    ['DMLA\u0001\u0000', true],
    ['DMLA', true],
    ['DML', false],
    ['', false],
    ['dmla\n1\n2\n', false],
    [' DMLA', false],
  ])('goes by the first bytes of %j', async (text, is) => {
    expect(await isArchiveFile(new File([text], 'table.csv'))).toBe(is);
  });

  it('takes a file that cannot be read for none', async () => {
    const gone = new File(['DMLA, but gone'], 'gone.dmla');
    gone.slice = () => ({ arrayBuffer: () => Promise.reject(new Error('gone')) }) as unknown as Blob;
    expect(await isArchiveFile(gone)).toBe(false);
  });
});
