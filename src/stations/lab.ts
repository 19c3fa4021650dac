/**
 * The lab's state and actions as every station sees them, put together from one file per station in `lab/`. The store
 * is assembled in src/app from its slices; views read it through `useLab` and change it only through the actions here.
 */
import type { AnswerActions, AnswerState } from './lab/answer.ts';
import type { ArchiveActions, ArchiveState } from './lab/archive.ts';
import type { BitsState, ScatterActions } from './lab/bits.ts';
import type { ChangesActions, ChangesState } from './lab/changes.ts';
import type { DataActions, DataState } from './lab/data.ts';
import type { LearnActions, LearnState } from './lab/learn.ts';
import type { LessonActions, LessonsState } from './lab/lessons.ts';
import type { Message, MessageActions } from './lab/messages.ts';
import type { PageActions, PageState } from './lab/page.ts';
import type { PaperActions, PaperState } from './lab/paper.ts';
import type { ImagesActions, ImagesState } from './lab/pictures.ts';
import type { ImageSweepActions, SweepActions, SweepState } from './lab/sweep.ts';
import type { TrainingActions } from './lab/training.ts';
import type { SqlActions, SqlState } from './lab/sql.ts';
import type { TravelActions, TravelState } from './lab/travel.ts';
import type { WalkActions, WalkState } from './lab/walk.ts';
import type { WorkActions, WorkState } from './lab/work.ts';

export interface LabState
  extends
    PageState,
    DataState,
    BitsState,
    ArchiveState,
    LearnState,
    SqlState,
    TravelState,
    WalkState,
    LessonsState,
    PaperState,
    ChangesState,
    WorkState {
  images: ImagesState;
  answer: AnswerState;
  sweep: SweepState;
  messages: Message[];
}

export interface LabActions
  extends
    PageActions,
    DataActions,
    ScatterActions,
    ArchiveActions,
    LearnActions,
    AnswerActions,
    SweepActions,
    ImagesActions,
    ImageSweepActions,
    TrainingActions,
    SqlActions,
    TravelActions,
    WalkActions,
    LessonActions,
    PaperActions,
    ChangesActions,
    WorkActions,
    MessageActions {}

export type Lab = LabState & LabActions;
