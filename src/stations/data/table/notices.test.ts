import { describe, expect, it } from 'vitest';
import { groupNotices, isAlike } from './notices.ts';

const notice = (code: string, column: string | null, text: string) => ({ code, column, text });

describe('notices', () => {
  it('on the whole table come first, each by itself, and those on columns once per code', () => {
    const groups = groupNotices([
      notice('row-number', 'id', 'It counts the rows.'),
      notice('blank-rows', null, '3 blank rows.'),
      notice('leading-zeros', 'zip', '12 cells.'),
      notice('row-number', 'n', 'It counts the rows.'),
      notice('encoding', null, 'Read as windows-1252.'),
      notice('leading-zeros', 'code', '3 cells.'),
    ]);
    expect(groups.map(({ code, columns }) => [code, columns])).toEqual([
      ['blank-rows', null],
      ['encoding', null],
      ['row-number', ['id', 'n']],
      ['leading-zeros', ['zip', 'code']],
    ]);
    expect(groups.map(isAlike)).toEqual([true, true, true, false]);
    expect(groups[3].texts).toEqual(['12 cells.', '3 cells.']);
  });

  it('of a thousand columns are one line', () => {
    const many = Array.from({ length: 1000 }, (_, k) => notice('constant', `c${k}`, 'One value.'));
    expect(groupNotices(many)).toHaveLength(1);
  });
});
