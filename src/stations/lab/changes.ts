/** What was changed in the open experiment, to go back to, and experiments that are kept to be compared. */
import type { SettingPreset } from '../presets.ts';

/** All settings of what is open, one record for each of its tables of settings, in their order (settings/homes.ts). */
export interface SettingsShot {
  kind: 'table' | 'images';
  settings: readonly Readonly<Record<string, unknown>>[];
}

/** What the experiment came to with some settings: a number for every measure that was there (changes/measures.ts). */
export type Numbers = Readonly<Record<string, number>>;

/** The experiment as one change left it. */
export interface Stage {
  id: number;
  /** What was changed to come here, in words. */
  words: string;
  /** When it was changed, in milliseconds since 1970. */
  at: number;
  shot: SettingsShot;
  /** Null until it is left: those of the present one are on the page. */
  numbers: Numbers | null;
}

/** An experiment that is kept beside the present one. */
export interface Pin {
  id: number;
  /** Of its dataset. */
  name: string;
  at: number;
  shot: SettingsShot;
  numbers: Numbers;
  /** Opens it. */
  link: string;
}

export interface ChangesState {
  changes: {
    /** From the settings that the dataset was opened with to the last change; those behind `now` were undone. */
    stages: readonly Stage[];
    now: number;
    pins: readonly Pin[];
  };
}

export interface ChangesActions {
  undo: () => void;
  redo: () => void;
  /** Back, or forth, to the settings that a change led to. */
  goToStage: (id: number) => void;
  /** Sets what a preset says, as one change. */
  takePreset: (preset: SettingPreset) => void;
  /** Keeps the present experiment to be compared with. */
  pin: () => void;
  unpin: (id: number) => void;
}
