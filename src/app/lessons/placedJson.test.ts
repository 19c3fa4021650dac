import fc from 'fast-check';
import { expect, it } from 'vitest';
import { LabError } from '../../contracts/errors.ts';
import { parsePlaced } from './placedJson.ts';

function faultOf(text: string): string {
  try {
    parsePlaced(text);
  } catch (thrown) {
    if (thrown instanceof LabError && thrown.code === 'LESSON_MALFORMED') return thrown.message;
    throw thrown;
  }
  return 'none';
}

it('reads what JSON.parse reads, pretty or not', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 5 }), fc.constantFrom(0, 2, '\t'), (value, indent) => {
      const text = JSON.stringify(value, null, indent);
      expect(parsePlaced(text).value).toEqual(JSON.parse(text));
    }),
  );
});

it('refuses what JSON.parse refuses, and never fails otherwise', () => {
  const piece = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"a"',
    '"',
    '\\',
    '1',
    '-',
    'true',
    ' ',
    '\n',
    '\u0000',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const text = pieces.join('');
      let isJson = true;
      try {
        JSON.parse(text);
      } catch {
        isJson = false;
      }
      const fault = faultOf(text);
      // A key that comes twice is refused here alone.
      if (!fault.includes('comes twice')) expect(fault === 'none', text).toBe(isJson);
    }),
    { numRuns: 2_000 },
  );
});

it('says line and column of what is wrong', () => {
  expect(faultOf('{\n  "a": 1\n  "b": 2\n}')).toBe('Line 3, column 3: a comma or } should stand here.');
  expect(faultOf('{\n  "a": nothing\n}')).toMatch(/^Line 2, column 8: a value should stand here/);
  expect(faultOf('{"a": 1, "a": 2}')).toBe('Line 1, column 10: the key “a” comes twice.');
  expect(faultOf('{"a": "b\n"}')).toMatch(/^Line 1, column 9: a text is not closed/);
  expect(faultOf('[1,\n2')).toBe('Line 2, column 2: the file ends where a comma or ] should stand.');
  expect(faultOf('[1] 2')).toBe('Line 1, column 5: nothing may follow the end of the lesson.');
  expect(faultOf(`${'['.repeat(40)}`)).toContain('nested too deeply');
});

it('knows the line of every value, and of what a missing one would stand in', () => {
  const { lineOf } = parsePlaced('{\n  "steps": [\n    {},\n    {\n      "title": "a"\n    }\n  ]\n}');
  expect(lineOf(['steps', 1, 'title'])).toBe(5);
  expect(lineOf(['steps', 1, 'sentence'])).toBe(4);
  expect(lineOf(['steps', 7])).toBe(2);
  expect(lineOf(['version'])).toBe(1);
});

it('takes no key for more than a key', () => {
  const { value } = parsePlaced('{"__proto__": {"polluted": true}, "constructor": 1}') as { value: object };
  expect(Object.keys(value)).toEqual(['__proto__', 'constructor']);
  expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
});
