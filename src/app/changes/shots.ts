/** All settings of what is open as one thing that can be kept, compared and put back. */
import type { AnySetting } from '../../contracts/settings.ts';
import type { Lab } from '../../stations/lab.ts';
import type { SettingsShot } from '../../stations/lab/changes.ts';
import { OF_PICTURES, OF_TABLE, OF_TRAINING, type Home } from '../../stations/settings/homes.ts';
import { changeWords } from '../../stations/settings/words.ts';

type AnyHome = Home<Record<string, unknown>>;

/** Where the settings of each kind of dataset are kept. */
const HOMES = {
  table: [OF_TABLE],
  images: [OF_PICTURES, OF_TRAINING],
} as unknown as Readonly<Record<Lab['kind'], readonly AnyHome[]>>;

/** A setting that differs between two shots. */
export interface Difference {
  /** Its name, and which table of settings it is of. */
  key: string;
  setting: AnySetting;
  was: unknown;
  is: unknown;
}

/** The settings as they are. */
export function shotOf(lab: Lab): SettingsShot {
  return { kind: lab.kind, settings: HOMES[lab.kind].map((home) => home.read(lab)) };
}

/** The settings that differ, in the order of their tables; none between a table and pictures. */
export function differencesOf(was: SettingsShot, is: SettingsShot): Difference[] {
  if (was.kind !== is.kind) return [];
  return HOMES[is.kind].flatMap(({ table }, at) =>
    table.all.flatMap(([name, setting]) => {
      const [before, after] = [was.settings[at]?.[name], is.settings[at]?.[name]];
      if (JSON.stringify(before) === JSON.stringify(after)) return [];
      return [{ key: `${at}:${name}`, setting, was: before, is: after }];
    }),
  );
}

/** "β 12, now 16; codec EntroGeDe, now GreedyGD" */
export function differenceWords(differences: readonly Difference[]): string {
  return differences.map(({ setting, was, is }) => changeWords(setting, was, is)).join('; ');
}

/** Sets everything as it was; what is the same already is left alone. */
export function restore(get: () => Lab, shot: SettingsShot): void {
  HOMES[shot.kind].forEach(({ read, change }, at) => {
    const now = read(get());
    const others = Object.entries(shot.settings[at] ?? {}).filter(
      ([name, value]) => JSON.stringify(now[name]) !== JSON.stringify(value),
    );
    if (others.length > 0) change(get())(Object.fromEntries(others));
  });
}
