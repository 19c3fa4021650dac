import { expect, it } from 'vitest';
import { LabError } from '../errors.ts';
import { DEFAULT_IMAGE_SETTINGS, IMAGE_SETTINGS } from './settings.ts';

function codeOf(change: Record<string, unknown>): string {
  try {
    IMAGE_SETTINGS.check({ ...DEFAULT_IMAGE_SETTINGS, ...change });
    return 'fine';
  } catch (thrown) {
    return LabError.from(thrown).code;
  }
}

it.each([
  [{}, 'fine'],
  [{ transform: 'dct8', representation: 'twos', classWise: false, objective: 'equation1' }, 'fine'],
  [{ blockBytes: 4_096, tau: 1, beta: 1, seed: 0xffffffff, testFraction: 0.5 }, 'fine'],
  [{ tau: 0 }, 'SETTING_OUT_OF_RANGE'],
  [{ tau: 1.5 }, 'SETTING_OUT_OF_RANGE'],
  [{ tau: '64' }, 'SETTING_OUT_OF_RANGE'],
  [{ blockBytes: 1 }, 'SETTING_OUT_OF_RANGE'],
  [{ blockBytes: Infinity }, 'SETTING_OUT_OF_RANGE'],
  [{ beta: NaN }, 'SETTING_OUT_OF_RANGE'],
  [{ split: -1 }, 'SETTING_OUT_OF_RANGE'],
  [{ testFraction: 0.9 }, 'SETTING_OUT_OF_RANGE'],
  [{ seed: undefined }, 'SETTING_OUT_OF_RANGE'],
  [{ classWise: 'yes' }, 'SETTING_OUT_OF_RANGE'],
  [{ objective: {} }, 'SETTING_OUT_OF_RANGE'],
  [{ codec: 7 }, 'SETTING_OUT_OF_RANGE'],
  [{ transform: '__proto__' }, 'TRANSFORM_UNKNOWN'],
  [{ transform: null }, 'TRANSFORM_UNKNOWN'],
  [{ representation: 'constructor' }, 'REPRESENTATION_UNKNOWN'],
])('%j is %s', (change, code) => {
  expect(codeOf(change)).toBe(code);
});
