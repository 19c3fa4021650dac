import { lazy, Suspense } from 'react';
import { useLab } from '../stations/useLab.ts';

const LessonCard = lazy(() => import('./lessons/LessonCard.tsx').then((m) => ({ default: m.LessonCard })));
const LessonsSheet = lazy(() =>
  import('./lessons/LessonsSheet.tsx').then((m) => ({ default: m.LessonsSheet })),
);

const LessonSentence = lazy(() =>
  import('./lessons/LessonSentence.tsx').then((m) => ({ default: m.LessonSentence })),
);

/** What the lesson that is followed says of the figure that is presented. */
export function LessonSaid() {
  const isFollowed = useLab(({ view }) => view.lesson !== null);
  return (
    isFollowed && (
      <p className="present-sentence">
        <Suspense fallback={null}>
          <LessonSentence />
        </Suspense>
      </p>
    )
  );
}

/** The lesson that is followed, beside the page; while a figure is presented its sentence is enough. */
export function LessonBeside() {
  const isFollowed = useLab(({ view }) => view.lesson !== null && !view.present);
  return (
    isFollowed && (
      <Suspense fallback={null}>
        <LessonCard />
      </Suspense>
    )
  );
}

/** The list of lessons, while it is open. */
export function LessonList() {
  const areShown = useLab((lab) => lab.areLessonsShown);
  return (
    areShown && (
      <Suspense fallback={null}>
        <LessonsSheet />
      </Suspense>
    )
  );
}
