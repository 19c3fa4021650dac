/** The single controls that a link can hide or fix: those of settings, by their keys in links. */
import { TABLE_SETTINGS } from '../../core/experiment/settings.ts';
import { IMAGE_SETTINGS } from '../../core/images/settings.ts';
import { TRAINING_SETTINGS } from '../trainingSettings.ts';
import type { LinkedView } from './experiment.ts';

/** What a link makes of a control: locked is shown, but fixed. */
export type ControlStanding = 'shown' | 'locked' | 'hidden';

/** A table of settings, as far as it is asked for their keys. */
interface Keyed {
  readonly all: readonly (readonly [name: string, setting: { readonly key: string | null }])[];
}

/** The name of a setting's control: its key, or its own name where links say the setting in another way. */
export function controlKey(name: string, { key }: { readonly key: string | null }): string {
  return key ?? name;
}

export function standingIn({ hideControls, lock }: LinkedView, control: string): ControlStanding {
  if (hideControls.includes(control)) return 'hidden';
  return lock.includes(control) ? 'locked' : 'shown';
}

/** The view without what it hides or fixes that is no control of this version, and the names of that. */
export function withKnownControls(view: LinkedView): { view: LinkedView; unknown: string[] } {
  const { hideControls, lock } = view;
  if (hideControls.length + lock.length === 0) return { view, unknown: [] };
  const tables: readonly Keyed[] = [TABLE_SETTINGS, IMAGE_SETTINGS, TRAINING_SETTINGS];
  const known = new Set(tables.flatMap(({ all }) => all.map(([name, setting]) => controlKey(name, setting))));
  const isKnown = (control: string): boolean => known.has(control);
  const unknown = [...new Set([...hideControls, ...lock])].filter((control) => !isKnown(control));
  if (unknown.length === 0) return { view, unknown };
  return {
    view: { ...view, hideControls: hideControls.filter(isKnown), lock: lock.filter(isKnown) },
    unknown,
  };
}
