/** The two methods in words. */
import type { Method } from '../../../contracts/codec.ts';

export const METHODS: readonly Method[] = ['full', 'condensed'];

export const METHOD_TITLES: Record<Method, string> = {
  full: 'Full: all training records',
  condensed: 'Condensed samples',
};

/** The methods in a word, and what any model has to beat. */
export const SHORT_NAMES: Record<Method | 'floor', string> = {
  full: 'Full',
  condensed: 'Condensed',
  floor: 'Floor',
};
