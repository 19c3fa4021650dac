import { describe, expect, it } from 'vitest';
import { answersOf, type NamingFile } from './answers.ts';
import { nameFacts, type Part } from './pairing.ts';
import { PictureNames } from './pictureNames.ts';

/** Files of labels as "picture label" lines. */
function answers(pictures: string[], files: Record<string, string[]>) {
  const naming = Object.entries(files).map(([path, rows]): NamingFile => {
    const cells = rows.map((row) => row.split(' '));
    return {
      path,
      part: nameFacts(path).part,
      pictures: cells.map(([picture]) => picture),
      labels: cells.map(([, label]) => label),
    };
  });
  const parts = pictures.map((path): Part | null => nameFacts(path).part);
  return answersOf(naming, new PictureNames(pictures), parts);
}

const labels = (pictures: string[], files: Record<string, string[]>) => answers(pictures, files).labels;

const CLIPS = ['frames/clip0/0.png', 'frames/clip0/1.png', 'frames/clip1/0.png', 'frames/clip1/1.png'];

describe('a row of labels', () => {
  it('means the picture whose path it has, whole or from where its file lies', () => {
    const rows = ['clip0/0.png a', 'clip0/1.png b', 'clip1/0.png c', 'clip1/1.png d'];
    const expected = ['a', 'b', 'c', 'd'];
    expect(labels(CLIPS, { 'labels.csv': rows })).toEqual(expected);
    expect(labels(CLIPS, { 'labels.csv': rows.map((row) => `frames/${row}`) })).toEqual(expected);
    expect(labels(CLIPS, { 'frames/labels.csv': rows })).toEqual(expected);
    expect(labels(CLIPS, { 'labels.csv': rows.map((row) => row.replace('.png', '')) })).toEqual(expected);
  });

  it('is cleaned as paths are: other slashes, drives, absolute folders, decomposed letters', () => {
    const rows = ['clip0/0.png a', 'clip0/1.png b', 'clip1/0.png c', 'clip1/1.png d'];
    const expected = ['a', 'b', 'c', 'd'];
    for (const prefix of [
      'C:\\Users\\me\\frames\\',
      '/home/me/frames/',
      './',
      'other/names/',
      '..\\frames\\',
    ])
      expect(labels(CLIPS, { 'labels.csv': rows.map((row) => prefix + row) })).toEqual(expected);
    expect(labels(['caf\u00e9.png'], { 'labels.csv': ['cafe\u0301.png a'] })).toEqual(['a']);
  });

  it('means none that lies in another folder, even where its bare name is there', () => {
    expect(labels(CLIPS.slice(0, 3), { 'labels.csv': ['clip0/0.png a', 'clip1/1.png b'] })).toEqual([
      'a',
      undefined,
      undefined,
    ]);
  });

  it('answers by bare name only below its own folder', () => {
    const pictures = ['a/0.png', 'a/1.png', 'b/0.png', 'b/1.png', '1.png'];
    expect(labels(pictures, { 'a/l.csv': ['0.png x', '7.png z'], 'b/l.csv': ['0 y'] })).toEqual([
      'x',
      undefined,
      'y',
      undefined,
      undefined,
    ]);
    expect(labels(['a/deep/1.png', 'b/1.png'], { 'a/l.csv': ['1.png x'] })).toEqual(['x', undefined]);
    expect(labels(['images/1.png', 'images/2.png'], { 'labels/l.csv': ['1.png x', '2 y'] })).toEqual([
      'x',
      'y',
    ]);
  });

  it('answers by bare name only for its own part', () => {
    const pictures = ['train/0.png', 'train/1.png', 'test/0.png', 'test/1.png'];
    const files = { 'train.csv': ['0.png a', '1.png b'], 'test.csv': ['0.png c', '1.png d'] };
    expect(labels(pictures, files)).toEqual(['a', 'b', 'c', 'd']);
    expect(labels(pictures, { 'train.csv': files['train.csv'] })).toEqual(['a', 'b', undefined, undefined]);
    const wrapped = pictures.map((path) => `x/${path}`);
    expect(labels(wrapped, { 'x/labels/train.csv': ['0 a'], 'x/labels/test.csv': ['0 c'] })).toEqual([
      'a',
      undefined,
      'c',
      undefined,
    ]);
  });

  it('gives way to a whole path in another file', () => {
    expect(
      labels(['a/0.png', 'a/1.png'], { 'l.csv': ['0.png x', '1.png y'], 'm.csv': ['a/0.png z'] }),
    ).toEqual(['z', 'y']);
  });

  it('means the picture with its very ending, else the one that it names without or with another', () => {
    const pictures = ['a.png', 'a.jpg', 'b.jpg', 'img.001.png', 'img.002.png'];
    expect(
      labels(pictures, { 'x.csv': ['a.jpg 1', 'a.png 2', 'b.png 3', 'img.001 4', 'img.002.png 5'] }),
    ).toEqual(['2', '1', '3', '4', '5']);
  });

  it('has an empty label only where no other row has one', () => {
    const files = { 'x.csv': ['a ', 'b ', 'b y', 'c z', 'c '] };
    expect(labels(['a.png', 'b.png', 'c.png', 'd.png'], files)).toEqual(['', 'y', 'z', undefined]);
  });
});

describe('doubts', () => {
  it('are bare names of several pictures', () => {
    const found = answers(CLIPS, { 'labels.csv': ['0.png a', 'clip1/1.png b', '1.png c'] });
    expect(found.labels).toEqual([undefined, undefined, undefined, 'b']);
    expect(found.doubtful).toEqual([0, 1, 2]);
    expect(found.doubts).toEqual([
      '"0.png" may be "frames/clip0/0.png" or "frames/clip1/0.png"',
      '"1.png" may be "frames/clip0/1.png" or "frames/clip1/1.png"',
    ]);
    expect(answers(['a.png', 'a.jpg'], { 'x.csv': ['a 1'] }).doubtful).toEqual([0, 1]);
  });

  it('are pictures with two labels, in one file or in two', () => {
    const found = answers(['a.png', 'b.png'], {
      'x.csv': ['a.png cat', 'a.png dog', 'b.png cat', 'b.png cat'],
    });
    expect(found.labels).toEqual([undefined, 'cat']);
    expect([found.doubtful, found.doubts]).toEqual([[0], ['"a.png" is called both "cat" and "dog"']]);
    expect(answers(['a.png'], { 'x.csv': ['a.png cat'], 'y.csv': ['a.png dog'] }).doubtful).toEqual([0]);
  });

  it('are told where only the names agree, and no folders do', () => {
    const found = answers(['images/1.png', 'images/2.png'], { 'x.csv': ['train/1.png a', 'test/2.png b'] });
    expect([found.labels, found.byNameOnly]).toEqual([['a', 'b'], [0]]);
  });
});

it('takes no longer for many pictures of one name', () => {
  const pictures = Array.from({ length: 20_000 }, (_, i) => `clips/${i}/0.png`);
  const rows = pictures.map((path, i) => `${path.slice(6)} ${i % 2}`);
  const found = answers(pictures, { 'labels.csv': [...rows, ...pictures.map(() => '0.png 1')] });
  expect(found.labels).toEqual(pictures.map((_, i) => String(i % 2)));
  expect(found.doubtful).toEqual([]);
});
