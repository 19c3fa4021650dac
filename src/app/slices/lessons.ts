/** Lessons: the list of them, and a lesson of somebody's own that begins with its file. */
import { OWN_LESSON } from '../../contracts/link.ts';
import type { LessonActions } from '../../stations/lab/lessons.ts';
import type { Messages } from '../messages.ts';
import type { StoreContext } from '../storeContext.ts';

export function createLessons(
  { get, set }: StoreContext,
  messages: Messages,
): Pick<LessonActions, 'showLessons' | 'openLesson'> {
  let files = 0;
  return {
    showLessons: (areLessonsShown) => set({ areLessonsShown }),
    async openLesson(file) {
      const mine = ++files;
      try {
        // What reads lessons is fetched with the first one.
        const { lessonOfFile, packLesson } = await import('../lessons/lesson.ts');
        const lessonFile = packLesson(await lessonOfFile(file));
        if (mine !== files) return;
        set({
          view: { ...get().view, lesson: { id: OWN_LESSON, step: 1, isBare: true }, lessonFile },
          areLessonsShown: false,
        });
      } catch (thrown) {
        messages.sayError(thrown);
      }
    },
  };
}
