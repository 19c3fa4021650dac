/**
 * What was changed, to be undone: every change of a setting of what is open is a stage of the list. Nothing that
 * computes knows of it: it notes what an action changed, and goes back by the actions that a user has.
 */
import type { Lab } from '../../stations/lab.ts';
import type { ChangesActions, Stage } from '../../stations/lab/changes.ts';
import { openId, openName } from '../../stations/useLab.ts';
import { MOST_PINS } from '../changes/comparison.ts';
import { numbersOf } from '../changes/measures.ts';
import { differencesOf, differenceWords, restore, shotOf, type Difference } from '../changes/shots.ts';
import type { Messages } from '../messages.ts';
import type { StoreContext } from '../storeContext.ts';

/** Changes of the same settings within so many milliseconds are one: a handle that is dragged. */
const ONE_CHANGE = 1_500;
/** Most changes that are kept. */
const MOST_STAGES = 100;

export interface Changes extends Omit<ChangesActions, 'takePreset'> {
  /**
   * An action of the user's that changes settings, at once: it becomes a stage of the list.
   *
   * @param by what changed them, where it is not the user's own hand: "Lesson"
   */
  noted: <A extends unknown[], R>(act: (...given: A) => R, by?: string) => (...given: A) => R;
  follow: (now: Lab, before: Lab) => void;
}

export function createChanges(
  { get, set }: StoreContext,
  messages: Pick<Messages, 'say'>,
  clock = Date.now,
): Changes {
  let nextId = 1;
  let isRestoring = false;
  /** The settings that the last change was of. */
  let lastKeys = '';

  function put(stages: readonly Stage[], now: number): void {
    set({ changes: { ...get().changes, stages, now } });
  }

  /** The stages with the one that is about to be left as it is: its settings, and what they came to. */
  function leaving(lab: Lab): Stage[] {
    const { stages, now } = lab.changes;
    const left = { shot: shotOf(lab), numbers: numbersOf(lab) };
    return stages.map((stage, at) => (at === now ? { ...stage, ...left } : stage));
  }

  function record(before: Lab, by: string | null): void {
    if (isRestoring || before.changes.stages.length === 0) return;
    const { now: at } = before.changes;
    const shot = shotOf(get());
    const changed = differencesOf(shotOf(before), shot);
    if (changed.length === 0) return;
    const stages = leaving(before);
    const wordsOf = (differences: readonly Difference[]): string =>
      `${by === null ? '' : `${by}: `}${differenceWords(differences)}`;
    const keys = [by ?? '', ...changed.map(({ key }) => key)].join();
    const time = clock();
    const isSame = at > 0 && at === stages.length - 1 && keys === lastKeys;
    lastKeys = keys;
    if (isSame && time - stages[at].at < ONE_CHANGE) {
      const all = differencesOf(stages[at - 1].shot, shot);
      // Back where it began, nothing was changed.
      if (all.length === 0) put(stages.slice(0, at), at - 1);
      else put([...stages.slice(0, at), { ...stages[at], words: wordsOf(all), at: time, shot }], at);
      return;
    }
    const added = { id: nextId++, words: wordsOf(changed), at: time, shot, numbers: null };
    const list = [...stages.slice(0, at + 1), added].slice(-MOST_STAGES);
    put(list, list.length - 1);
  }

  /** @returns the stage that was left and the one that is there, or null where nothing was to do */
  function travel(to: number): { left: Stage; there: Stage } | null {
    const { stages, now } = get().changes;
    if (to === now || to < 0 || to >= stages.length) return null;
    put(leaving(get()), to);
    lastKeys = '';
    isRestoring = true;
    try {
      restore(get, stages[to].shot);
    } finally {
      isRestoring = false;
    }
    return { left: stages[now], there: stages[to] };
  }

  function say(what: string): void {
    messages.say({ tone: 'info', code: null, what, todo: null });
  }

  return {
    noted(act, by) {
      return (...given) => {
        const before = get();
        const result = act(...given);
        record(before, by ?? null);
        return result;
      };
    },
    undo() {
      const travelled = travel(get().changes.now - 1);
      if (travelled !== null) say(`Undone: ${travelled.left.words}.`);
    },
    redo() {
      const travelled = travel(get().changes.now + 1);
      if (travelled !== null) say(`Done again: ${travelled.there.words}.`);
    },
    goToStage(id) {
      travel(get().changes.stages.findIndex((stage) => stage.id === id));
    },
    pin() {
      const lab = get();
      const name = openName(lab);
      const { pins } = lab.changes;
      if (name === null || pins.length >= MOST_PINS) return;
      const pinned = { name, at: clock(), shot: shotOf(lab), numbers: numbersOf(lab), link: lab.link() };
      set({ changes: { ...lab.changes, pins: [...pins, { id: nextId++, ...pinned }] } });
    },
    unpin(id) {
      const { changes } = get();
      set({ changes: { ...changes, pins: changes.pins.filter((pin) => pin.id !== id) } });
    },
    follow(now, before) {
      if (openId(now) === openId(before)) return;
      lastKeys = '';
      const first = {
        id: nextId++,
        words: 'As it was opened',
        at: clock(),
        shot: shotOf(now),
        numbers: null,
      };
      put(openId(now) === null ? [] : [first], 0);
    },
  };
}
