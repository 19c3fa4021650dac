/** The lessons that come with the lab, in the order in which they are offered. They are files as any lecturer's is. */
import { LabError } from '../../contracts/errors.ts';
import { OWN_LESSON } from '../../contracts/link.ts';
import { checkedLesson, unpackLesson, type Lesson } from './lesson.ts';
import aFreshTenth from './shipped/a-fresh-tenth.json';
import aRandomSample from './shipped/a-random-sample.json';
import highOrLowEntropy from './shipped/high-or-low-entropy.json';
import whatBetaDoes from './shipped/what-beta-does.json';
import whatItSaves from './shipped/what-it-saves.json';
import whenItFails from './shipped/when-it-fails.json';
import whyBitsRepeat from './shipped/why-bits-repeat.json';

export const LESSONS: readonly Lesson[] = [
  whyBitsRepeat,
  whatBetaDoes,
  highOrLowEntropy,
  aRandomSample,
  aFreshTenth,
  whenItFails,
  whatItSaves,
].map(checkedLesson);

/**
 * The lesson that a link names or carries.
 *
 * @throws LESSON_UNKNOWN, LESSON_MALFORMED, LESSON_INVALID
 */
export function lessonOf(id: string, packed: string | null): Lesson {
  if (id === OWN_LESSON) return unpackLesson(packed);
  const lesson = LESSONS.find((one) => one.id === id);
  if (lesson !== undefined) return lesson;
  throw new LabError(
    'LESSON_UNKNOWN',
    `The link names the lesson “${id}”, which this version does not have.`,
  );
}
