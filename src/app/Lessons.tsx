import { lazy, Suspense } from 'react';
import { useLab } from '../stations/useLab.ts';

const LessonCard = lazy(() => import('./lessons/LessonCard.tsx').then((m) => ({ default: m.LessonCard })));
const LessonsSheet = lazy(() =>
  import('./lessons/LessonsSheet.tsx').then((m) => ({ default: m.LessonsSheet })),
);

const LessonSentence = lazy(() =>
  import('./lessons/LessonSentence.tsx').then((m) => ({ default: m.LessonSentence })),
);

/** The sentence of the step that is shown, where a figure is presented. */
export function PresentedSentence() {
  return (
    <Suspense fallback={null}>
      <LessonSentence />
    </Suspense>
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
