/** What the checks on records of the browser's store are made of. */
import * as v from 'valibot';
import { DEFAULT_SETTINGS, type ExperimentSettings } from '../contracts/codec.ts';

/** What is kept of a type: leaving one of its fields out of a schema would lose it at the next reading. */
export type Fields<T> = Record<keyof T, v.GenericSchema>;

/** Losses and seconds; one that is no finite number is kept as it is. */
export const measured = v.custom<number>((value) => typeof value === 'number');
export const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

export function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An object whose keys are looked at elsewhere. */
export const anyObject = v.custom<Record<string, unknown>>(isObject);

/**
 * Settings have no key of another kind than its default has (a null default says nothing about the kind). One that an
 * earlier version did not know yet has its default.
 */
export const experimentSettings = v.pipe(
  anyObject,
  v.transform((stored) => ({ ...DEFAULT_SETTINGS, ...stored })),
  v.check((settings) =>
    Object.entries(DEFAULT_SETTINGS).every(
      ([key, standard]) =>
        standard === null || typeof settings[key as keyof ExperimentSettings] === typeof standard,
    ),
  ),
);
