/**
 * What a step of a lesson can ask to be done: a small fixed vocabulary over the state of the lab. A check is data, and
 * nothing of a lesson is ever evaluated.
 */
import * as v from 'valibot';
import { sampleById, sampleIdOf } from '../../contracts/gallery.ts';
import { PAGE_NAMES } from '../../contracts/link.ts';
import { METHOD_METAS } from '../../contracts/methods.ts';
import { IMAGE_SETTINGS, isSame, TABLE_SETTINGS, TRAINING_SETTINGS } from '../../contracts/settings.ts';
import { WALK_SCENES } from '../../contracts/walk.ts';
import type { Lab } from '../../stations/lab.ts';
import type { Task } from '../../stations/lab/task.ts';
import type { NamedButton } from '../../stations/namedButtons.ts';
import { condensedRatio } from '../../stations/optimumRatio.ts';
import { buttonName, controlKey, SHARE } from './spots.ts';

/** What a check is judged by. */
export interface Standing {
  lab: Lab;
  /** The lab as it was when the step began. */
  begun: Lab;
  /** Named buttons pressed since then. */
  pressed: ReadonlySet<NamedButton>;
}

/** A kind of check: what it may say, and how it is judged. */
function kind<const Name extends string, E extends v.ObjectEntries>(
  name: Name,
  entries: E,
  isDone: (check: v.InferOutput<v.StrictObjectSchema<E, undefined>>, standing: Standing) => boolean,
) {
  return { schema: v.strictObject({ ...entries, is: v.literal(name) }), isDone };
}

const number = v.number('has to be a number');

/** The value of a setting by its key in links, of what is open; undefined where that has no such setting. */
function settingOf({ kind: open, settings, images }: Lab, key: string): unknown {
  if (open === 'images') {
    if (key === SHARE) return images.training.settings.fraction;
    return (
      valueBy(TRAINING_SETTINGS.all, images.training.settings, key) ??
      valueBy(IMAGE_SETTINGS.all, images.settings, key)
    );
  }
  return valueBy(TABLE_SETTINGS.all, settings, key);
}

function valueBy<S extends object>(
  all: readonly (readonly [keyof S, { key: string | null }])[],
  settings: S,
  key: string,
): unknown {
  const found = all.find(([, setting]) => setting.key === key);
  return found === undefined ? undefined : settings[found[0]];
}

const setting = kind(
  'setting',
  {
    setting: controlKey,
    equals: v.optional(
      v.union([v.string(), v.number(), v.boolean()], 'has to be a text, a number, true or false'),
    ),
    atLeast: v.optional(number),
    atMost: v.optional(number),
    changed: v.optional(v.literal(true, 'has to be true')),
  },
  ({ setting: key, equals, atLeast, atMost, changed }, { lab, begun }) => {
    const value = settingOf(lab, key);
    if (equals !== undefined && value !== equals) return false;
    if (atLeast !== undefined && !(typeof value === 'number' && value >= atLeast)) return false;
    if (atMost !== undefined && !(typeof value === 'number' && value <= atMost)) return false;
    return changed === undefined || !isSame(value, settingOf(begun, key));
  },
);

const page = kind(
  'page',
  { page: v.picklist(PAGE_NAMES, `has to be one of ${PAGE_NAMES.join(', ')}`) },
  (check, { lab }) => lab.station === check.page,
);

const data = kind(
  'data',
  {
    sample: v.pipe(
      v.string('has to be the name of a sample'),
      v.check((id) => sampleById(id) !== undefined, 'is no sample of this version'),
    ),
  },
  ({ sample }, { lab }) => {
    const open = lab.kind === 'images' ? lab.images.dataset.value : lab.dataset.value;
    return open !== null && sampleIdOf(open) === sample;
  },
);

const isThere = ({ value, stale }: Task<unknown>): boolean => value !== null && !stale;

/** Results that a step can wait for, by what they are called in lessons. */
const RESULTS = {
  bits: (lab: Lab) => isThere(lab.kind === 'images' ? lab.images.bits : lab.bits),
  archive: (lab: Lab) => isThere(lab.kind === 'images' ? lab.images.archive : lab.archive),
  optimum: ({ learn: { full, condensed } }: Lab) => isThere(full.closedForm) && isThere(condensed.closedForm),
  descent: ({ learn: { full, condensed } }: Lab) =>
    [full, condensed].every(({ descent }) => isThere(descent) && (descent.value?.iteration ?? 0) > 0),
  random: ({ fitted }: Lab) => isThere(fitted.draws),
  times: ({ times }: Lab) => isThere(times),
  trees: ({ trees }: Lab) => isThere(trees),
  answer: ({ answer }: Lab) => isThere(answer.task),
  peers: (lab: Lab) => isThere(lab.kind === 'images' ? lab.images.peers.task : lab.peers.task),
  sweep: ({ sweep }: Lab) => sweep.status === 'done' && !sweep.stale,
} as const satisfies Record<string, (lab: Lab) => boolean>;

export const RESULT_NAMES = Object.keys(RESULTS) as (keyof typeof RESULTS)[];

const result = kind(
  'result',
  { of: v.picklist(RESULT_NAMES, `has to be one of ${RESULT_NAMES.join(', ')}`) },
  ({ of }, { lab }) => RESULTS[of](lab),
);

/** Condensed error ÷ that of full training, at the optimum of both. */
const ratio = kind(
  'ratio',
  { atLeast: v.optional(number), atMost: v.optional(number) },
  ({ atLeast = 0, atMost = Infinity }, { lab }) => {
    if (!RESULTS.optimum(lab)) return false;
    const { full, condensed } = lab.learn;
    const value = condensedRatio(full.closedForm.value, condensed.closedForm.value);
    return value !== null && value >= atLeast && value <= atMost;
  },
);

const training = kind(
  'training',
  {
    epochs: v.pipe(number, v.minValue(1, 'has to be 1 or more')),
    method: v.optional(
      v.pipe(
        v.string('has to be the name of a method'),
        v.check((name) => METHOD_METAS.has(name), 'is no method of this version'),
      ),
    ),
  },
  ({ epochs, method }, { lab }) =>
    lab.images.training.runs.some(
      (run) => run.epochs.length >= epochs && (method === undefined || run.settings.method === method),
    ),
);

const scene = kind(
  'scene',
  { scene: v.picklist(WALK_SCENES, `has to be one of ${WALK_SCENES.join(', ')}`) },
  (check, { lab }) =>
    lab.walkScene !== null && WALK_SCENES.indexOf(lab.walkScene) >= WALK_SCENES.indexOf(check.scene),
);

const pressed = kind('pressed', { button: buttonName }, ({ button }, standing) =>
  standing.pressed.has(button),
);

const KINDS = { setting, page, data, result, ratio, training, scene, pressed };
export const CHECK_NAMES = Object.keys(KINDS) as (keyof typeof KINDS)[];

/** Bounds of which a check needs at least one. */
const BOUNDS = ['equals', 'atLeast', 'atMost', 'changed'];

export const checkSchema = v.pipe(
  v.variant(
    'is',
    [
      setting.schema,
      page.schema,
      data.schema,
      result.schema,
      ratio.schema,
      training.schema,
      scene.schema,
      pressed.schema,
    ],
    `has to be one of ${CHECK_NAMES.join(', ')}`,
  ),
  v.check(
    (check) => (check.is !== 'setting' && check.is !== 'ratio') || BOUNDS.some((bound) => bound in check),
    'needs one of equals, atLeast, atMost or changed',
  ),
);
export type Check = v.InferOutput<typeof checkSchema>;

/** Whether what the step asks for has been done. */
export function isDone(check: Check, standing: Standing): boolean {
  // Each kind judges the checks of its own schema.
  const judge = KINDS[check.is].isDone as (check: Check, standing: Standing) => boolean;
  return judge(check, standing);
}
