/** What a property of a link is: how its text is read, checked and written. */
import * as v from 'valibot';
import type { LinkedExperiment } from './experiment.ts';
import type { Text } from './texts.ts';

export interface Property {
  key: string;
  /** What is allowed, in words, as it is now. */
  range: () => string;
  /** Lists of any length, which may move into `z`. */
  isList: boolean;
  /** Takes the text into the experiment, or says why not. */
  read: (text: string, into: LinkedExperiment) => v.BaseIssue<unknown>[] | null;
  /** Null when it is the default. */
  write: (experiment: LinkedExperiment) => string | null;
}

/**
 * A property from the schema of its text.
 *
 * @param range what is allowed, in words; a function where plug-ins that are added change it
 */
export function property<T>(
  key: string,
  range: string | (() => string),
  schema: Text<T>,
  take: (experiment: LinkedExperiment, value: T) => void,
  write: (experiment: LinkedExperiment) => string | null,
  isList = false,
): Property {
  return {
    key,
    range: typeof range === 'function' ? range : () => range,
    isList,
    write,
    read(text, into) {
      const result = v.safeParse(schema, text);
      if (!result.success) return result.issues;
      take(into, result.output);
      return null;
    },
  };
}
