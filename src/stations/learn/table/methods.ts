/** The two methods in words. */
import type { Method } from '../../../contracts/codec.ts';

export const METHODS: readonly Method[] = ['full', 'condensed'];

export const METHOD_TITLES: Record<Method, string> = {
  full: 'Full: all training records',
  condensed: 'Condensed samples',
};

/** What is trained on, in a word: the methods, and what they are compared with. */
export const SHORT_NAMES: Record<Method | 'random' | 'floor', string> = {
  full: 'Full',
  condensed: 'Condensed',
  random: 'Random',
  floor: 'Floor',
};
