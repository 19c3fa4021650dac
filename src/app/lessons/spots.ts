/** What a step can point at: the control of a setting, a figure, or a named button. */
import * as v from 'valibot';
import { figuresOf } from '../../contracts/figures.ts';
import { PAGE_NAMES } from '../../contracts/link.ts';
import { IMAGE_SETTINGS, TABLE_SETTINGS, TRAINING_SETTINGS } from '../../contracts/settings.ts';
import { NAMED_BUTTONS } from '../../stations/namedButtons.ts';

/** The share of the pictures has a key of its own in links: the sample and the training have it in common. */
export const SHARE = 'fraction';

/** The keys of all settings in links, as they are now: settings may have been added. */
function controlKeys(): Set<string> {
  const keys = [TABLE_SETTINGS, IMAGE_SETTINGS, TRAINING_SETTINGS].flatMap((table) =>
    table.all.flatMap(([, { key }]) => key ?? []),
  );
  return new Set([...keys, SHARE]);
}

function isFigure(name: string): boolean {
  return PAGE_NAMES.some((page) =>
    (['table', 'images'] as const).some((kind) => figuresOf(page, kind).some((figure) => figure === name)),
  );
}

export const controlKey = v.pipe(
  v.string('has to be the key of a setting in links'),
  v.check((key) => controlKeys().has(key), 'is no key of a setting in links'),
);

export const buttonName = v.picklist(NAMED_BUTTONS, `has to be one of ${NAMED_BUTTONS.join(', ')}`);

export const spotSchema = v.union(
  [
    v.strictObject({ control: controlKey }),
    v.strictObject({ figure: v.pipe(v.string(), v.check(isFigure, 'is no figure of this version')) }),
    v.strictObject({ button: buttonName }),
  ],
  'has to have one of control (the key of a setting), figure or button, with a name that this version has',
);
export type Spot = v.InferOutput<typeof spotSchema>;

/** Where it stands on the page, if it is there and can be seen. */
export function findSpot(spot: Spot): HTMLElement | null {
  const selector =
    'control' in spot
      ? `[data-control="${spot.control}"]`
      : 'figure' in spot
        ? `[data-figure="${spot.figure}"]`
        : `[data-button="${spot.button}"]`;
  const found = [...document.querySelectorAll<HTMLElement>(selector)];
  return found.find((element) => element.getClientRects().length > 0) ?? null;
}

/** What a sentence that begins with it calls it. */
export function spotWords(spot: Spot): string {
  if ('figure' in spot) return 'The figure';
  if ('button' in spot) return 'The button';
  return 'The control';
}
