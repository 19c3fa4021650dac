import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyText } from '../../core/testing/anyText.ts';
import { classesOf, cleanName, namesClasses } from './labels.ts';

describe('names of classes', () => {
  it('are told by the name of their file', () => {
    for (const name of [
      'names.txt',
      'a/batches.meta.txt',
      'fine_label_names.txt',
      'classes.json',
      'class-names.csv',
    ])
      expect([name, namesClasses(name)]).toEqual([name, true]);
    for (const name of ['labels.txt', 'coarse_label_names.txt', 'train.csv', 'names.png', 'filenames.txt'])
      expect([name, namesClasses(name)]).toEqual([name, name === 'filenames.txt']);
  });
});

describe('classes', () => {
  it('of numbers keep the order of numbers, of words the natural one', () => {
    expect(classesOf([10, 9, 10, -1])).toMatchObject({
      classNames: ['-1', '9', '10'],
      labels: Uint16Array.of(2, 1, 2, 0),
    });
    expect(classesOf(['b10', 'b9', 'a'])).toMatchObject({ classNames: ['a', 'b9', 'b10'] });
  });

  it('take the names of their numbers, counted from 0 or 1, and leave out those without a picture', () => {
    const names = ['cat', 'dog', 'emu'];
    expect(classesOf([2, 0], names)).toMatchObject({
      classNames: ['cat', 'emu'],
      labels: Uint16Array.of(1, 0),
    });
    expect(classesOf([2, 0], names).notices.map(({ code, text }) => [code, text])).toEqual([
      ['classes-empty', 'No picture is of "dog": left out of the classes.'],
    ]);
    expect(classesOf([3, 1], names).classNames).toEqual(['cat', 'emu']);
    expect(() => classesOf([4, 0], names)).toThrow('from 0 to 4, but 3 classes are named');
    expect(classesOf([0, 1], ['same', 'same']).classNames).toEqual(['same', 'same (1)']);
  });

  it('of words follow the names where these name them all', () => {
    expect(classesOf(['b', 'a'], ['b', 'c', 'a']).classNames).toEqual(['b', 'a']);
    expect(classesOf(['b', 'a'], ['b', 'c']).classNames).toEqual(['a', 'b']);
  });

  it('are the labels in another form', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1 }), (labels) => {
        const classes = classesOf(labels);
        expect(Array.from(classes.labels, (c) => Number(classes.classNames[c]))).toEqual(labels);
      }),
    );
    fc.assert(
      fc.property(fc.array(anyText(6), { minLength: 1 }), (labels) => {
        const classes = classesOf(labels);
        expect(Array.from(classes.labels, (c) => classes.classNames[c])).toEqual(labels.map(cleanName));
        expect(new Set(classes.classNames).size).toBe(classes.classNames.length);
      }),
    );
  });

  it('are 4,096 at most', () => {
    const labels = Int32Array.from({ length: 4097 }, (_, i) => i);
    expect(classesOf(labels.subarray(0, 4096)).classNames).toHaveLength(4096);
    expect(() => classesOf(labels)).toThrow(expect.objectContaining({ code: 'IMAGES_TOO_MANY_CLASSES' }));
  });

  it('have names that can be shown', () => {
    expect(cleanName(' a\u0000b\u202ec\n ')).toBe('abc');
    expect(cleanName('x'.repeat(100_000))).toHaveLength(120);
    expect(cleanName('\ud83d\ude00'.repeat(100)).isWellFormed()).toBe(true);
    expect(classesOf(['__proto__', 'constructor']).classNames).toEqual(['__proto__', 'constructor']);
  });
});
