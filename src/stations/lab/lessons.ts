/** Lessons: the list of them, and where their steps lead. */

export interface LessonsState {
  /** Whether the list of lessons is open. */
  areLessonsShown: boolean;
}

export interface LessonActions {
  showLessons: (areShown: boolean) => void;
  /** Begins the lesson of a file. */
  openLesson: (file: File) => Promise<void>;
  /** Goes where a link leads (what stands behind `#`); what is open already is not opened again. Keeps the lesson. */
  visit: (hash: string) => Promise<void>;
}
