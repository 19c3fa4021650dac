import { describe, expect, it } from 'vitest';
import { Options } from './options.ts';

const parse = (...args: string[]): Options => new Options(args, new Set(['json', 'quick']));

describe('options', () => {
  it('come as --name value, --name=value and flags, with the rest in order', () => {
    const options = parse('file.csv', '--beta', '3', '--json', '--target=a=b', 'other', '--drop=');
    expect(options.rest).toEqual(['file.csv', 'other']);
    expect([options.flag('json'), options.flag('quick')]).toEqual([true, false]);
    expect(options.text('target')).toBe('a=b');
    expect(options.text('drop')).toBe('');
    expect(options.text('code')).toBeNull();
    expect(options.number('beta', 0)).toBe(3);
    expect(() => options.end()).not.toThrow();
  });

  it('take a negative number as a value', () => {
    expect(parse('--rate', '-1e-3').number('rate', 0)).toBe(-0.001);
  });

  it('without their value are refused', () => {
    expect(() => parse('--beta')).toThrow('--beta wants a value');
  });

  it('that nobody asks for are refused', () => {
    const options = parse('--btea', '3');
    options.number('beta', 1);
    expect(() => options.end()).toThrow('--btea');
  });

  it('hold numbers only where numbers are wanted', () => {
    expect(parse().number('rate', 0.5)).toBe(0.5);
    for (const text of ['', ' ', 'x', '1x', 'NaN', '1,5']) {
      expect(() => parse(`--rate=${text}`).number('rate', 0)).toThrow('has to be a number');
    }
  });

  it('hold one of the choices', () => {
    expect(parse().oneOf('order', ['a', 'b'], 'b')).toBe('b');
    expect(parse('--order=a').oneOf('order', ['a', 'b'], 'b')).toBe('a');
    expect(() => parse('--order=c').oneOf('order', ['a', 'b'], 'b')).toThrow('can be a, b');
  });

  it('hold whole numbers, ranges and lists of them', () => {
    const wholes = (text: string): number[] => parse(`--beta=${text}`).wholes('beta', []);
    expect(wholes('12')).toEqual([12]);
    expect(wholes('8..11')).toEqual([8, 9, 10, 11]);
    expect(wholes('1, 5..7,2')).toEqual([1, 5, 6, 7, 2]);
    expect(parse().wholes('beta', [4])).toEqual([4]);
    for (const text of ['', 'x', '1..', '..3', '-1', '1.5', '1,,2', '1...3', '9..8']) {
      expect(() => wholes(text)).toThrow('--beta is');
    }
  });

  it('hold names separated by commas', () => {
    expect(parse('--features=a, b,c d').names('features')).toEqual(['a', 'b', 'c d']);
    expect(parse().names('features')).toBeNull();
  });
});
