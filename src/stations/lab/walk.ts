/** The step-throughs of How it works. */
import type { PictureWalk, PictureWalkRequest } from '../../contracts/pictureWalk.ts';
import type { WalkReport, WalkRequest, WalkSceneName } from '../../contracts/walk.ts';
import type { Task } from './task.ts';

export interface WalkState {
  /** The step-through of a table that was asked for last. */
  walk: Task<WalkReport>;
  /** The scene of it that is shown; null before the first. */
  walkScene: WalkSceneName | null;
  /** The class of pictures that the step-through shows. */
  pictureWalk: Task<PictureWalk>;
}

export interface TableWalkActions {
  /** Takes a few records through every stage, in place of what was asked before. */
  walkThrough: (request: WalkRequest) => Promise<void>;
  cancelWalk: () => void;
  /** Says which scene is shown. */
  noteScene: (scene: WalkSceneName) => void;
}

export interface PictureWalkActions {
  /** Takes a class of pictures apart for the step-through, in place of one that is under way. */
  walkPictures: (request: PictureWalkRequest) => Promise<void>;
  cancelPictureWalk: () => void;
}

export interface WalkActions extends TableWalkActions, PictureWalkActions {}
