import { useState } from 'react';
import { readProgress } from '../../platform/lessonProgress.ts';
import { useLabParts } from '../../stations/useLab.ts';
import { Button, CheckIcon, PlayIcon, Sheet } from '../../ui/controls/index.ts';
import { formatPlural } from '../../ui/format.ts';
import { LESSONS } from './shipped.ts';
import './lessonsSheet.css';

/** The lessons that come with the lab, and how far this browser has come in them. */
export function LessonsSheet() {
  const { showLessons, look } = useLabParts((lab) => ({ showLessons: lab.showLessons, look: lab.look }));
  const [progress] = useState(readProgress);

  function begin(id: string, step: number): void {
    look({ lesson: { id, step, isBare: true }, lessonFile: null });
    showLessons(false);
  }

  return (
    <Sheet title="Lessons" isOpen onClose={() => showLessons(false)}>
      <p>
        Each is a walk through the lab itself: a few steps with a sentence, something to try, and a check that
        notices when you have done it.
      </p>
      <ul className="lesson-list">
        {LESSONS.map(({ id, title, minutes, summary, steps }) => {
          const { step = 1, isDone = false } = progress[id] ?? {};
          const isBegun = step > 1 && step < steps.length;
          return (
            <li key={id}>
              <div>
                <h3>
                  {title}
                  {isDone && (
                    <span className="lesson-list-done">
                      <CheckIcon /> done
                    </span>
                  )}
                </h3>
                <p>{summary}</p>
                <p className="soft small">
                  {formatPlural(steps.length, 'step')}, about {formatPlural(minutes, 'minute')}
                </p>
              </div>
              <div className="lesson-list-buttons">
                <Button icon={<PlayIcon />} aria-label={`Start “${title}”`} onPress={() => begin(id, 1)}>
                  Start
                </Button>
                {isBegun && (
                  <Button
                    aria-label={`Go on with “${title}” at step ${step}`}
                    onPress={() => begin(id, step)}
                  >
                    Go on at step {step}
                  </Button>
                )}
              </div>
            </li>
          );
        })}
      </ul>
      <p className="soft small">
        A lesson of your own is a JSON file: drop it on the page, or open it as you open a table. From then on
        the address carries it, so that a link is all your students need.
      </p>
    </Sheet>
  );
}
