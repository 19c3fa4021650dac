/** What can be chosen of a list, and what a choice comes to. */

export interface Option<V extends string = string> {
  value: V;
  label: string;
  /** One line under the label in the list. */
  description?: string;
  isDisabled?: boolean;
}

/** Tells of the option that a key names, where it is another one than now. The controls know keys, not options. */
export function whenChosen<V extends string>(
  options: readonly Option<V>[],
  now: V | null,
  onChange: (value: V) => void,
): (key: unknown) => void {
  return (key) => {
    const option = options.find(({ value }) => value === key);
    if (option !== undefined && option.value !== now) onChange(option.value);
  };
}
