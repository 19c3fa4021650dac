import { expect, it } from 'vitest';
import { REPRESENTATIONS } from '../core/images/representations/registry.ts';
import { TRANSFORMS } from '../core/images/transforms/registry.ts';
import { REPRESENTATION_CHOICES, TRANSFORM_CHOICES } from './imageChoices.ts';

it('offers what is registered, in its order and its words', () => {
  expect(TRANSFORM_CHOICES).toEqual(TRANSFORMS.map(({ meta }) => meta));
  expect(REPRESENTATION_CHOICES).toEqual(REPRESENTATIONS.map(({ meta }) => meta));
});
