/** The two methods in words. */
import type { Method } from '../../../contracts/codec.ts';

export const METHODS: readonly Method[] = ['full', 'condensed'];

export const METHOD_TITLES: Record<Method, string> = {
  full: 'Full: all training records',
  condensed: 'Condensed samples',
};
