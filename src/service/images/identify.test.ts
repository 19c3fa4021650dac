import { expect, it } from 'vitest';
import { imageSetId } from '../../core/images/statistics.ts';
import { randomImages } from '../../core/images/testing/randomImages.ts';
import { SILENT_PULSE } from '../../core/pulse.ts';
import { identify } from './identify.ts';

it.each(['tail', 'third', 'none'] as const)('is the same whoever computes it (%s)', async (given) => {
  const shape = { width: 5, height: 4, channels: 3 } as const;
  const set = randomImages({ seed: 9, shape, records: 40, classes: 3, given });
  const id = imageSetId(set);
  expect(await identify(set, SILENT_PULSE)).toBe(id);
  expect(await identify(set, SILENT_PULSE, null)).toBe(id);
});
