import { describe, expect, it } from 'vitest';
import { SILENT_PULSE } from '../../pulse.ts';
import { DEFAULT_IMAGE_SETTINGS, usualTransform } from '../settings.ts';
import { takeApart, walkClass } from './pictureWalk.ts';
import { tinyPictures } from './tinyPictures.ts';

describe.each(['digits', 'suns'] as const)('the small set of %s', (name) => {
  const set = tinyPictures(name);
  const { shape, pixels, records, labels, classNames } = set;
  const bytes = shape.width * shape.height * shape.channels;

  it('is the same at every call, with as many pictures of every class', () => {
    expect(tinyPictures(name)).toEqual(set);
    expect(pixels.length).toBe(records * bytes);
    expect(classNames.map((_, label) => labels.filter((one) => one === label).length)).toEqual([40, 40]);
  });

  it.each([0, 1])(
    'has a class %i whose size turns, and a base that most of its pictures share',
    async (label) => {
      const settings = { ...DEFAULT_IMAGE_SETTINGS, transform: usualTransform(shape.channels), tau: 4 };
      const ofClass = pixels.slice(label * 40 * bytes, (label + 1) * 40 * bytes);
      const walked = await walkClass({ shape, className: '', pixels: ofClass }, settings, SILENT_PULSE);
      const { trueBits, chosen, baseCounts } = walked.search;
      expect(chosen).toBeGreaterThan(20);
      expect(chosen).toBeLessThan(trueBits.length - 1);
      expect(trueBits[chosen]).toBeLessThan(0.9 * trueBits[0]);
      expect(baseCounts[chosen]).toBeGreaterThan(1);
      expect((await takeApart(walked, null)).base.sharedBy).toBeGreaterThan(20);
    },
  );
});

it('noise of the digits reaches no bit but the last', () => {
  const { pixels } = tinyPictures('digits');
  expect(new Set(pixels.map((level) => level >> 1))).toEqual(
    new Set([16, 116, 216, 236].map((level) => level >> 1)),
  );
});
