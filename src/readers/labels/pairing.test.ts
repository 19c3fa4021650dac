import { describe, expect, it } from 'vitest';
import { nameFacts, pairLabels, partsOf } from './pairing.ts';

describe('a name', () => {
  it('says what the file holds and of which part', () => {
    const facts = (path: string): unknown[] => {
      const { part, holds } = nameFacts(path);
      return [part, holds];
    };
    expect(facts('train-images-idx3-ubyte')).toEqual(['train', 'images']);
    expect(facts('t10k-labels.idx1-ubyte.gz')).toEqual(['test', 'labels']);
    expect(facts('emnist-balanced-test-labels-idx1-ubyte')).toEqual(['test', 'labels']);
    expect(facts('mnist.npz/x_train.npy')).toEqual(['train', 'images']);
    expect(facts('xtest.npy')).toEqual(['test', 'images']);
    expect(facts('trainY.npy')).toEqual(['train', 'labels']);
    expect(facts('test/labels.npy')).toEqual(['test', 'labels']);
    expect(facts('val_images.npy')).toEqual(['validation', 'images']);
    expect(facts('data_batch_1.bin')).toEqual([null, 'images']);
    expect(facts('trainer/latest.npy')).toEqual([null, null]);
    expect(facts('__proto__')).toEqual([null, null]);
  });

  it('has the same stem for the pictures and the labels of one part', () => {
    const stem = (path: string): string => nameFacts(path).stem;
    expect(stem('emnist-images-idx3-ubyte')).toBe(stem('emnist-labels-idx1-ubyte'));
    expect(stem('images/a.npy')).toBe(stem('labels/a.npy'));
    expect(stem('a/x.npy')).not.toBe(stem('b/y.npy'));
  });
});

describe('parts', () => {
  it('take validation pictures for the test only where there is no other', () => {
    expect(partsOf(['train', 'val', 'test'])).toEqual(['train', 'train', 'test']);
    expect(partsOf(['train', 'val'])).toEqual(['train', 'test']);
    expect(partsOf(['val'])).toEqual(['train']);
  });

  it('make the one other file of two the other part', () => {
    expect(partsOf(['mnist', 'mnist_test'])).toEqual(['train', 'test']);
    expect(partsOf(['train', 'rest'])).toEqual(['train', 'test']);
    expect(partsOf(['a', 'b'])).toEqual([null, null]);
    expect(partsOf(['a', 'b', 'test'])).toEqual([null, null, 'test']);
  });
});

describe('labels', () => {
  const file = (path: string, records: number) => ({ path, records });
  const pair = (images: [string, number][], labels: [string, number][], chosen?: string): string[] =>
    pairLabels(
      images.map(([path, n]) => file(path, n)),
      labels.map(([path, n]) => file(path, n)),
      chosen,
    ).map(({ path }) => path);

  it('go with the pictures of the same name, of several datasets too', () => {
    expect(
      pair(
        [
          ['a-train-images', 5],
          ['b-train-images', 5],
          ['a-test-images', 5],
        ],
        [
          ['a-test-labels', 5],
          ['b-train-labels', 5],
          ['a-train-labels', 5],
        ],
      ),
    ).toEqual(['a-train-labels', 'b-train-labels', 'a-test-labels']);
  });

  it('go by part where the rest of the names differs, and by number where all does', () => {
    expect(
      pair(
        [
          ['pics_train', 5],
          ['pics_test', 5],
        ],
        [
          ['test-answers', 5],
          ['train-answers', 5],
        ],
      ),
    ).toEqual(['train-answers', 'test-answers']);
    expect(
      pair(
        [
          ['p', 5],
          ['q', 6],
        ],
        [
          ['r', 6],
          ['s', 5],
        ],
      ),
    ).toEqual(['s', 'r']);
  });

  it('that someone has chosen go first, to the pictures that have as many', () => {
    const images: [string, number][] = [
      ['train-images', 5],
      ['test-images', 6],
    ];
    const labels: [string, number][] = [
      ['train-labels', 5],
      ['odd.txt', 6],
      ['test-labels', 6],
    ];
    expect(pair(images, labels)).toEqual(['train-labels', 'test-labels']);
    expect(pair(images, labels, 'odd.txt')).toEqual(['train-labels', 'odd.txt']);
    expect(pair(images, labels, 'odd.txt.gz')).toEqual(['train-labels', 'odd.txt']);
  });

  it('that fit two files of pictures, or none, are not guessed', () => {
    const ambiguous = (): unknown =>
      pair(
        [
          ['p', 5],
          ['q', 5],
        ],
        [
          ['r', 5],
          ['s', 5],
        ],
      );
    expect(ambiguous).toThrow('p (5 pictures): the candidates are r (5), s (5).');
    expect(() => pair([['train-images', 5]], [['test-labels', 6]])).toThrow(
      'test-labels has 6 labels, but train-images has 5 pictures.',
    );
  });
});
