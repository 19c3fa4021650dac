/** What a link says of how things are shown. */
import * as v from 'valibot';
import {
  PAGE_NAMES,
  OWN_LESSON,
  type LinkedExperiment,
  type LinkedView,
  type PageName,
} from './experiment.ts';
import { inflateText } from './packing.ts';
import { property, type Property } from './property.ts';
import { flagText, oneOf, wholeText, type Text } from './texts.ts';

/** Tables of the paper that its page shows. */
const PAPER_TABLE_COUNT = 6;
/** Most controls that a link hides or locks. */
const MOST_CONTROLS = 64;
/** How figures, lessons and the keys of settings are spelt. */
export const NAME = /^[a-z][a-z0-9-]{0,39}$/;
/** Most steps of a lesson. */
export const MOST_STEPS = 24;
/** Longest lesson that a link carries, deflated, in characters: it leaves room for the experiment. */
export const MOST_PACKED_LESSON = 12_000;

const nameText: Text<string> = v.pipe(v.string(), v.regex(NAME));
const namesText: Text<string[]> = v.pipe(
  v.string(),
  v.transform((text) => [...new Set(text.split(','))]),
  v.array(v.pipe(v.string(), v.regex(NAME))),
  v.maxLength(MOST_CONTROLS),
);

const isPage = (name: string): name is PageName => (PAGE_NAMES as readonly string[]).includes(name);

function look(experiment: LinkedExperiment, changed: Partial<LinkedView>): void {
  experiment.view = { ...experiment.view, ...changed };
}

/** A step that is said before its lesson waits for it. */
function follow(experiment: LinkedExperiment, changed: { id?: string; step?: number }): void {
  look(experiment, { lesson: { ...(experiment.view.lesson ?? { id: '', step: 1 }), ...changed } });
}

function flag(key: string, field: 'embed' | 'present' | 'autoplay'): Property {
  return property(
    key,
    '0 or 1',
    flagText,
    (experiment, value) => look(experiment, { [field]: value }),
    ({ view }) => (view[field] ? '1' : null),
  );
}

const VIEW: readonly Property[] = [
  property(
    'station',
    `one of ${PAGE_NAMES.join(', ')}`,
    oneOf(PAGE_NAMES),
    (experiment, value) => {
      experiment.station = value;
    },
    ({ station }) => (station === null || station === 'data' ? null : station),
  ),
  property(
    'paper-table',
    `a whole number from 1 to ${PAPER_TABLE_COUNT}`,
    wholeText(1, PAPER_TABLE_COUNT),
    (experiment, value) => {
      experiment.paperTable = value;
    },
    ({ paperTable = 1 }) => (paperTable === 1 ? null : String(paperTable)),
  ),
  property(
    'figure',
    'the name of a figure, like bits',
    nameText,
    (experiment, value) => look(experiment, { figure: value }),
    ({ view }) => view.figure,
  ),
  property(
    'hide',
    `pages (${PAGE_NAMES.join(', ')}) and keys of settings, separated by commas`,
    namesText,
    (experiment, value) =>
      look(experiment, {
        hide: PAGE_NAMES.filter((name) => value.includes(name)),
        hideControls: value.filter((name) => !isPage(name)),
      }),
    ({ view: { hide, hideControls } }) =>
      hide.length + hideControls.length === 0 ? null : [...hide, ...hideControls].join(','),
  ),
  property(
    'lock',
    'keys of settings, separated by commas',
    namesText,
    (experiment, value) => look(experiment, { lock: value }),
    ({ view: { lock } }) => (lock.length === 0 ? null : lock.join(',')),
  ),
  property(
    'theme',
    'one of light, dark',
    oneOf<'light' | 'dark'>(['light', 'dark']),
    (experiment, value) => look(experiment, { theme: value }),
    ({ view }) => view.theme,
  ),
  flag('autoplay', 'autoplay'),
  flag('embed', 'embed'),
  flag('present', 'present'),
  property(
    'lesson',
    'the name of a lesson, like what-beta-does',
    nameText,
    (experiment, value) => follow(experiment, { id: value }),
    ({ view }) => view.lesson?.id ?? null,
  ),
  property(
    'step',
    `a whole number from 1 to ${MOST_STEPS}`,
    wholeText(1, MOST_STEPS),
    (experiment, value) => follow(experiment, { step: value }),
    ({ view: { lesson } }) => (lesson === null || lesson.step === 1 ? null : String(lesson.step)),
  ),
  property(
    'lesson-file',
    `a lesson, deflated, of at most ${MOST_PACKED_LESSON} characters`,
    v.pipe(
      v.string(),
      v.maxLength(MOST_PACKED_LESSON),
      v.check((packed) => packed.length <= MOST_PACKED_LESSON && inflateText(packed) !== null),
    ),
    (experiment, value) => {
      follow(experiment, { id: OWN_LESSON });
      look(experiment, { lessonFile: value });
    },
    ({ view }) => view.lessonFile,
  ),
];

export function viewProperties(): readonly Property[] {
  return VIEW;
}
