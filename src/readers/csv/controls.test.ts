import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { everywhere, noticesOf, read, refusal, tableFrom } from './testing/textFiles.ts';

const utf8 = new TextEncoder();
const utf16 = (text: string, low: boolean): Uint8Array => {
  const bytes = new Uint8Array(2 * text.length);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < text.length; i++) view.setUint16(2 * i, text.charCodeAt(i), low);
  return bytes;
};
const rows = (n: number): string => Array.from({ length: n }, (_, k) => `${k},t${k}\n`).join('');

describe('control characters', () => {
  it('are text with a notice, wherever they stand', async () => {
    for (const before of [0, 3000]) {
      const text = `n,t\n${rows(before)}1,\x1b[31mred\x1b[0m\n2,a\vb\n3,\x07\n`;
      const { t } = await tableFrom(text);
      expect(t.slice(-3)).toEqual(['\x1b[31mred\x1b[0m', 'a\vb', '\x07']);
      const { notices } = await read(text);
      expect(notices).toEqual([
        {
          code: 'control-characters',
          column: null,
          text: `4 control characters (BEL, VT, ESC) kept as text, the first on line ${before + 2}.`,
        },
      ]);
    }
    expect(await noticesOf('a,b\n1,x\f\n2,y\n')).toEqual([]);
  });

  it('are the same however the text comes in pieces', async () => {
    const text = 'n,t\r\n1,é\x1b\r2,b\n\x1a3,c\n4,d\x1a\r\n \x1a\0\0';
    const whole = await read(text);
    expect(whole.notices.map(({ code, text: said }) => [code, said])).toEqual([
      ['control-characters', '2 control characters (SUB, ESC) kept as text, the first on line 2.'],
      ['end-mark', 'The DOS end mark (SUB) at the end of the file was left out.'],
      ['stray-words', 'Kept as text: 3 cells are numbers, the others "\\u001a3" (1).'],
    ]);
    expect(await tableFrom(text)).toEqual({ n: ['1', '2', '\x1a3', '4'], t: ['é\x1b', 'b', 'c', 'd'] });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(45), { maxLength: 5 }), async (cuts) => {
        const again = await read(
          text,
          {},
          [...cuts].sort((a, b) => a - b),
        );
        expect([again.notices, again.table]).toEqual([whole.notices, whole.table]);
      }),
    );
  });

  it('that end a file are left out: the mark of DOS and zeros that fill a block', async () => {
    for (const before of [2, 3000]) {
      const text = `n,t\r\n${rows(before).replaceAll('\n', '\r\n')}`;
      const plain = await tableFrom(text);
      for (const end of ['\x1a', '\x1a\r\n', '\r\n\x1a\x1a\x1a', '\0\0\0\0', '\x1a\0\0']) {
        expect(await tableFrom(text + end)).toEqual(plain);
        expect((await noticesOf(text + end)).filter((code) => code !== 'blank-rows')).toEqual(['end-mark']);
      }
      expect(await tableFrom(`${text}7,x\x1a`)).toEqual(await tableFrom(`${text}7,x`));
    }
    const { notices } = await read('a,b\n1,2\n3,4\n\0\0\0');
    expect(notices[0].text).toBe('3 bytes of padding at the end of the file left out.');
  });

  it('of value zero are named by line and column, whatever the encoding', async () => {
    const cases: [string | Uint8Array, string][] = [
      ['a,b\n1,2\0\n', 'line 2, column 4, behind "1,2"'],
      [`n,t\n${rows(3000)}é7,x\0y\n`, 'line 3002, column 5, behind "é7,x"'],
      [`n,t\r\n${rows(3)}\0,x\n1,2\n`, 'line 5, column 1'],
      ['n,t\r1,"a\r\nb\0c"\r', 'line 3, column 2, behind "b"'],
      [utf16('n,t\n1,é\n2,b\0\n', true), ''],
      [
        Uint8Array.from([...utf8.encode('n,t\n1,'), 0xe9, 0, 10, ...utf8.encode('2,x\n')]),
        'line 2, column 4',
      ],
    ];
    for (const [content, where] of cases) {
      const { code, what } = await refusal(content);
      expect([code, what]).toEqual(['CSV_NUL', expect.stringContaining(where)]);
      if (typeof content === 'string') expect((await readIn(content)).what).toBe(what);
    }
  });

  it('that no text uses tell a binary file', async () => {
    const bytes = Uint8Array.from({ length: 5000 }, (_, k) => (k * 7919 + (k >> 3)) & 255);
    expect((await refusal(bytes)).code).toBe('CSV_BINARY');
    expect((await refusal(Uint8Array.of(0, 1, 2, 3))).code).toBe('CSV_BINARY');
  });
});

/** Byte by byte. */
async function readIn(content: string): Promise<{ code: string; what: string }> {
  try {
    await read(content, {}, everywhere(utf8.encode(content).length));
    return { code: 'taken', what: '' };
  } catch (thrown) {
    return { code: (thrown as { code: string }).code, what: (thrown as Error).message };
  }
}

describe('UTF-16 without a mark', () => {
  it('is told by its zeros, with a notice', async () => {
    for (const low of [true, false]) {
      for (const text of [
        'id,name\r\n1,namé\r\n2,Ωmega\r\n',
        'ид;имя\n1;Анна\n2;Борис\n',
        '編,名\n1,東京\n2,大阪\n',
      ]) {
        const expected = await tableFrom(text);
        expect(await tableFrom(utf16(text, low))).toEqual(expected);
        const { notices, dialect } = await read(utf16(text, low));
        const name = low ? 'UTF-16 LE' : 'UTF-16 BE';
        expect(notices).toEqual([
          {
            code: 'utf-16',
            column: null,
            text: `It has no byte order mark; by its zero bytes it was read as ${name}.`,
          },
        ]);
        expect(dialect.find((part) => part.name === 'Encoding')?.value).toBe(name);
      }
    }
    const long = `n,t\n${rows(5000)}`;
    expect(await tableFrom(utf16(long, true))).toEqual(await tableFrom(long));
    expect(await noticesOf('n,t\n1,a\n2,b\n')).toEqual([]);
  });
});
