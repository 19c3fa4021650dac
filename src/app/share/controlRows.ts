/** The controls of a page that a link can fix or hide: those of the settings that decide something now. */
import { controlKey, type PageName } from '../../contracts/link.ts';
import { METHOD_METAS } from '../../contracts/methods.ts';
import {
  IMAGE_SETTINGS,
  TABLE_SETTINGS,
  TRAINING_SETTINGS,
  type Panel,
  type SettingsTable,
} from '../../contracts/settings.ts';
import type { LabState } from '../../stations/lab.ts';

export interface ControlRow {
  /** As links call it. */
  control: string;
  label: string;
}

type Settled = Pick<LabState, 'kind' | 'settings' | 'images'>;

function rowsOf<S extends object>(
  table: SettingsTable<S, string>,
  settings: S,
  names: readonly (keyof S & string)[],
): ControlRow[] {
  return names
    .filter((name) => table.decides(name, settings))
    .map((name) => ({ control: controlKey(name, table.any(name)), label: table.any(name).label }));
}

/** Stations by the panels on which their settings stand. */
const PANELS: Partial<Record<PageName, Panel>> = {
  data: 'data',
  bits: 'bits',
  archive: 'archive',
  learn: 'learn',
};

/** In the order in which they stand on the page; none of a page without settings. */
export function controlRows(page: PageName, { kind, settings, images }: Settled): ControlRow[] {
  const panel = PANELS[page];
  if (panel === undefined) return [];
  if (kind === 'table') return rowsOf(TABLE_SETTINGS, settings, TABLE_SETTINGS.on(panel));
  if (panel !== 'learn') return rowsOf(IMAGE_SETTINGS, images.settings, IMAGE_SETTINGS.on(panel));
  const { settings: training } = images.training;
  const { options } = METHOD_METAS.byName(training.method);
  const names = [...TRAINING_SETTINGS.on('learn'), ...options, ...TRAINING_SETTINGS.on('details')];
  return [
    ...rowsOf(TRAINING_SETTINGS, training, names),
    // They stand beside the pictures that they are about.
    ...rowsOf(IMAGE_SETTINGS, images.settings, ['beta', 'seed']),
  ];
}
