import type { LinkedLesson } from '../../contracts/link.ts';
import { useLab } from '../../stations/useLab.ts';
import { lessonOf } from './shipped.ts';
import './lessonSentence.css';

/** The sentence of the step that is shown, for whoever shows a figure alone; nothing where the lesson cannot be read. */
export function LessonSentence() {
  const place = useLab((lab) => lab.view.lesson);
  const packed = useLab((lab) => lab.view.lessonFile);
  const sentence = place === null ? null : sentenceOf(place, packed);
  return sentence !== null && <p className="lesson-sentence">{sentence}</p>;
}

function sentenceOf({ id, step }: LinkedLesson, packed: string | null): string | null {
  try {
    const { steps } = lessonOf(id, packed);
    return steps[Math.min(step, steps.length) - 1].sentence;
  } catch {
    return null;
  }
}
