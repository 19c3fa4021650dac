/** The shares of the training pictures that a network is given per epoch: the paper's, and some around them. */
import { TRAINING_SETTINGS } from '../../../contracts/training.ts';
import { fractionWords } from '../../training/words.ts';

/** The usual shares as options, and the present one, which a link may have brought. */
export function fractionOptions(present: number): { value: string; label: string }[] {
  const { usual = [] } = TRAINING_SETTINGS.of('fraction');
  const fractions = [...new Set([...usual, present])].sort((a, b) => a - b);
  return fractions.map((fraction) => ({ value: String(fraction), label: fractionWords(fraction) }));
}
