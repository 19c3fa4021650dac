/** What a file says, checked against a schema before it is believed. */
import * as v from 'valibot';

/** What is wrong with a file, as the rest of a sentence. */
export class Unreadable extends Error {}

/** A JSON object, which an array is not. Of its keys only those are looked up that have a name here. */
const OBJECT = v.custom<Record<string, unknown>>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
);
export const MAX_NAME = 200;
const NAME = v.pipe(v.string(), v.minLength(1), v.maxLength(MAX_NAME));

/**
 * @param complaint what is said where the schema has no message of its own
 * @throws Unreadable
 */
export function check<Output>(
  schema: v.GenericSchema<unknown, Output>,
  value: unknown,
  complaint: string,
): Output {
  const result = v.safeParse(schema, value, { abortEarly: true, message: complaint });
  if (!result.success) throw new Unreadable(result.issues[0].message);
  return result.output;
}

/** @throws Unreadable */
export function checkObject(value: unknown, what: string): Readonly<Record<string, unknown>> {
  return check(OBJECT, value, `${what} is missing or not an object`);
}

/** A text of 1 … MAX_NAME characters. @throws Unreadable */
export function checkName(value: unknown, what: string): string {
  return check(NAME, value, `${what} is missing or not a name`);
}

/** A list whose length is looked at before what is in it. */
export const listOf = <Output>(item: v.GenericSchema<unknown, Output>, most: number) =>
  v.pipe(
    v.custom<unknown[]>((value) => Array.isArray(value) && value.length <= most),
    v.array(item),
  );

/** @throws Unreadable */
export function checkList(value: unknown, most: number, complaint: string): unknown[] {
  return check(listOf(v.unknown(), most), value, complaint);
}
