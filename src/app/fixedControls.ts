/**
 * What a link fixes stays as it is, whichever control, figure or card asks for it to be changed: the change is taken out
 * of what is asked for, and said.
 */
import { controlKey, standingIn } from '../contracts/link.ts';
import type { SettingsTable } from '../contracts/settings.ts';
import type { Messages } from './messages.ts';
import type { StoreContext } from './storeContext.ts';

export interface FixedControls {
  /** A change of settings without what the link has fixed. */
  free: <S extends object>(
    table: SettingsTable<S, string>,
    change: (wanted: Partial<S>) => void,
  ) => (wanted: Partial<S>) => void;
  /** Whether the link has fixed this setting; says so where it has. */
  refuses: <S extends object>(table: SettingsTable<S, string>, name: keyof S & string) => boolean;
}

export function createFixedControls({ get }: StoreContext, messages: Pick<Messages, 'say'>): FixedControls {
  const isFixed = <S extends object>(table: SettingsTable<S, string>, name: keyof S & string): boolean =>
    standingIn(get().view, controlKey(name, table.any(name))) === 'locked';

  function say(labels: readonly string[]): void {
    const what = `${labels.join(', ')}: fixed by the link.`;
    messages.say({ tone: 'info', code: null, what, todo: null });
  }

  return {
    free: (table, change) => (wanted) => {
      const fixed = table.names.filter((name) => name in wanted && isFixed(table, name));
      if (fixed.length === 0) {
        change(wanted);
        return;
      }
      say(fixed.map((name) => table.any(name).label));
      const left = { ...wanted };
      for (const name of fixed) Reflect.deleteProperty(left, name);
      if (Object.keys(left).length > 0) change(left);
    },
    refuses(table, name) {
      if (!isFixed(table, name)) return false;
      say([table.any(name).label]);
      return true;
    },
  };
}
