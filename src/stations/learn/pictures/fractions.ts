/** The shares of the training pictures that a network is given per epoch: the paper's, and some around them. */
import { fractionWords } from '../../training/words.ts';

const FRACTIONS = [0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1] as const;

/** The usual shares as options, and the present one, which a link may have brought. */
export function fractionOptions(present: number): { value: string; label: string }[] {
  const fractions = FRACTIONS.some((fraction) => fraction === present)
    ? [...FRACTIONS]
    : [...FRACTIONS, present].sort((a, b) => a - b);
  return fractions.map((fraction) => ({ value: String(fraction), label: fractionWords(fraction) }));
}
