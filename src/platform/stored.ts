/** What the checks on records of the browser's store are made of. */
import * as v from 'valibot';

/** What is kept of a type: leaving one of its fields out of a schema would lose it at the next reading. */
export type Fields<T> = Record<keyof T, v.GenericSchema>;

/** Losses and seconds; one that is no finite number is kept as it is. */
export const measured = v.custom<number>((value) => typeof value === 'number');
export const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

export function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What an archive gives back of pictures. */
export const fidelity = v.variant('kind', [
  v.object({ kind: v.literal('exact') }),
  v.object({
    kind: v.literal('near'),
    psnr: v.pipe(v.number(), v.minValue(0)),
    maxError: v.pipe(count, v.maxValue(255)),
    exactShare: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
    isClaimed: v.optional(v.boolean()),
  }),
]);
