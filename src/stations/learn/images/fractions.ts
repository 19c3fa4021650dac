/** The shares of the training pictures that a network is given per epoch, as the paper has them. */

const FRACTIONS = [0.01, 0.05, 0.1, 0.2, 1] as const;

/** The usual shares as options, and the present one, which a link may have brought. */
export function fractionOptions(present: number): { value: string; label: string }[] {
  const fractions = FRACTIONS.some((fraction) => fraction === present)
    ? [...FRACTIONS]
    : [...FRACTIONS, present].sort((a, b) => a - b);
  return fractions.map((fraction) => ({ value: String(fraction), label: fractionWords(fraction) }));
}

/** "1 %", "12.5 %" */
export function fractionWords(fraction: number): string {
  return `${Number((fraction * 100).toPrecision(3))}\u202f%`;
}
