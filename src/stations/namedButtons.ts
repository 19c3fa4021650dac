/** Buttons that a lesson can point at, and notices to be pressed. Each wears its name as an attribute. */

export const NAMED_BUTTONS = ['step', 'train', 'time', 'peers', 'sweep', 'trees', 'play', 'save'] as const;
export type NamedButton = (typeof NAMED_BUTTONS)[number];

/** The attribute of a button: `<Button {...named('time')}>`. */
export function named(button: NamedButton): { 'data-button': NamedButton } {
  return { 'data-button': button };
}
