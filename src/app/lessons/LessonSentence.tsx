import { useLab } from '../../stations/useLab.ts';
import { lessonOf } from './shipped.ts';

/** The sentence of the step that is shown, for whoever shows a figure alone; nothing where the lesson cannot be read. */
export function LessonSentence() {
  const place = useLab((lab) => lab.view.lesson);
  const packed = useLab((lab) => lab.view.lessonFile);
  if (place === null) return null;
  try {
    const { steps } = lessonOf(place.id, packed);
    return steps[Math.min(place.step, steps.length) - 1].sentence;
  } catch {
    return null;
  }
}
