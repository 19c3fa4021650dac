import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { LabError } from '../../contracts/errors.ts';
import { OWN_LESSON, PAGE_NAMES, readLink } from '../../contracts/link.ts';
import { figuresOf } from '../../contracts/figures.ts';
import { MOST_STEPS, NAME } from '../../contracts/link/viewProperties.ts';
import { WALK_SCENES } from '../../contracts/walk.ts';
import { NAMED_BUTTONS } from '../../stations/namedButtons.ts';
import { CHECK_NAMES, RESULT_NAMES } from './checks.ts';
import { lessonOfFile, LONGEST, packLesson, readLesson, unpackLesson, type Lesson } from './lesson.ts';
import { lessonOf, LESSONS } from './shipped.ts';

const STEP = { title: 'One', sentence: 'A sentence.', link: '#data=diamonds&station=bits' };
const MINE: Lesson = {
  version: 1,
  id: 'mine',
  title: 'Mine',
  minutes: 5,
  summary: 'Of my own.',
  steps: [STEP],
};

/** A lesson with this in its first step, on lines that are known: the step begins on line 8. */
function withStep(change: object): string {
  return JSON.stringify({ ...MINE, steps: [{ ...STEP, ...change }] }, null, 2);
}

function errorOf(read: () => unknown): LabError {
  try {
    read();
  } catch (thrown) {
    if (thrown instanceof LabError) return thrown;
    throw thrown;
  }
  throw new Error('Nothing was thrown.');
}

const faultOf = (text: string): string => errorOf(() => readLesson(text)).message;

describe('a lesson that comes with the lab', () => {
  it('is one of seven, with four to seven steps and an id of its own', () => {
    expect(new Set(LESSONS.map(({ id }) => id)).size).toBe(7);
    for (const { id, steps } of LESSONS) {
      expect(steps.length, id).toBeGreaterThanOrEqual(4);
      expect(steps.length, id).toBeLessThanOrEqual(7);
      expect(id).not.toBe(OWN_LESSON);
      expect(lessonOf(id, null).id).toBe(id);
    }
  });

  it.each(LESSONS.map((lesson) => [lesson.id, lesson] as const))('%s can be followed', (_, lesson) => {
    for (const step of lesson.steps) {
      const { experiment, problems } = readLink(step.link);
      expect(problems).toEqual([]);
      // What is pointed at stands on the page that the step shows.
      const page = experiment.station ?? 'data';
      if (step.spotlight !== undefined && 'figure' in step.spotlight) {
        const { figure } = step.spotlight;
        const figures = [...figuresOf(page, 'table'), ...figuresOf(page, 'images')];
        expect(figures).toContain(figure);
      }
      // Whatever is asked for is noticed.
      expect(step.do === undefined, step.title).toBe(step.check === undefined);
    }
    // It is read by the rules of any lecturer's.
    expect(readLesson(JSON.stringify(lesson))).toEqual(lesson);
    expect(unpackLesson(packLesson(lesson))).toEqual(lesson);
  });

  it('is refused by its name where there is none', () => {
    expect(errorOf(() => lessonOf('nothing', null)).code).toBe('LESSON_UNKNOWN');
    expect(errorOf(() => lessonOf(OWN_LESSON, null)).code).toBe('LESSON_UNKNOWN');
  });
});

describe('what is wrong with a lesson is said by line', () => {
  it('of its syntax', () => {
    const error = errorOf(() => readLesson('{\n  "version": 1,\n  "id" "mine"\n}'));
    expect(error.code).toBe('LESSON_MALFORMED');
    expect(error.message).toBe('Line 3, column 8: a colon should stand here.');
  });

  it('of its keys', () => {
    expect(faultOf('{\n  "version": 2\n}')).toMatch(
      /^Line 2: “version” has to be 1\. Line 1: “id” is missing\./,
    );
    expect(faultOf(withStep({ html: 'x' }))).toBe(
      'Line 12: “html” of step 1 is a key that is not known here.',
    );
    expect(faultOf(withStep({ title: '' }))).toBe('Line 9: “title” of step 1 is empty.');
    expect(faultOf('[]')).toContain('is missing');
    expect(faultOf('7')).toBe('Line 1: the lesson has to be an object.');
  });

  it('of the links of its steps', () => {
    expect(faultOf(withStep({ link: '#station=kitchen' }))).toMatch(
      /^Line 11: “link” of step 1 cannot be followed: In the link, “station” is “kitchen”/,
    );
    expect(faultOf(withStep({ link: '#kitchen=red' }))).toContain('does not know');
    expect(faultOf(withStep({ link: '#data=iris' }))).toContain('“iris” is no sample');
    expect(faultOf(withStep({ link: '#lesson=what-beta-does' }))).toContain('cannot lead to a lesson');
    expect(faultOf(withStep({ link: 'https://example.org' }))).toContain('has to begin with #');
    expect(faultOf(withStep({ link: `#features=${'a,'.repeat(100_000)}` }))).toContain('more than 2,000');
  });

  it('of its checks and spotlights', () => {
    expect(faultOf(withStep({ check: { is: 'evaluated', code: 'alert(1)' } }))).toBe(
      `Line 13: “check.is” of step 1 has to be one of ${CHECK_NAMES.join(', ')}.`,
    );
    expect(faultOf(withStep({ check: { is: 'setting', setting: 'beta' } }))).toContain('needs one of equals');
    expect(faultOf(withStep({ check: { is: 'setting', setting: 'gamma', atLeast: 1 } }))).toContain(
      '“check.setting” of step 1 is no key of a setting',
    );
    expect(faultOf(withStep({ check: { is: 'training', epochs: 1, method: 'magic' } }))).toContain(
      'no method',
    );
    expect(faultOf(withStep({ spotlight: { figure: 'mona-lisa' } }))).toContain('is no figure');
    for (const spotlight of [{}, { control: 'beta', figure: 'bit-map' }, 'bit-map'])
      expect(faultOf(withStep({ spotlight }))).toContain('has to have one of control');
  });

  it('in five lines and a count, however many there are', () => {
    const steps = Array.from({ length: 20 }, () => ({ ...STEP, title: 1 }));
    const fault = faultOf(JSON.stringify({ ...MINE, steps }));
    expect(fault.match(/Line 1:/g)).toHaveLength(5);
    expect(fault).toMatch(/And 15 more\.$/);
    expect(faultOf(JSON.stringify({ ...MINE, steps: Array(25).fill(STEP) }))).toContain('more than 24 steps');
  });
});

describe('a lesson of somebody’s own', () => {
  it('keeps markup as text', () => {
    const sentence = '<img src=x onerror=alert(1)> & <b>bold</b>';
    expect(readLesson(withStep({ sentence })).steps[0].sentence).toBe(sentence);
  });

  it('is refused by its size before it is read', async () => {
    const file = new File([' '.repeat(10_000_000)], 'huge.lesson.json');
    const error = await lessonOfFile(file).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      code: 'LESSON_TOO_LARGE',
      message: 'huge.lesson.json takes 10,000,000 bytes; a lesson may take 65,536.',
    });
  });

  it('is refused where no link could carry it', () => {
    let state = 1;
    const noise = (length: number): string =>
      Array.from({ length }, () => {
        state = (state * 48_271) % 2_147_483_647;
        return String.fromCharCode(97 + (state % 26));
      }).join('');
    const steps = Array.from({ length: 24 }, () => ({ ...STEP, sentence: noise(LONGEST.sentence) }));
    const read = readLesson(
      JSON.stringify({ ...MINE, steps: steps.map((step) => ({ ...step, do: noise(240) })) }),
    );
    expect(errorOf(() => packLesson(read)).code).toBe('LESSON_TOO_LARGE');
  });

  it('is checked again when a link brings it', () => {
    const packed = packLesson({ ...MINE, version: 2 } as unknown as Lesson);
    expect(errorOf(() => unpackLesson(packed)).code).toBe('LESSON_INVALID');
    expect(errorOf(() => lessonOf(OWN_LESSON, packed)).message).toContain('“version” has to be 1');
  });
});

it('the schema in docs says what the lab says', () => {
  interface Node {
    const?: unknown;
    enum?: string[];
    maxLength?: number;
    maxItems?: number;
    pattern?: string;
    properties?: Record<string, Node>;
    required?: string[];
    oneOf?: Node[];
  }
  const schema = JSON.parse(
    readFileSync(new URL('../../../docs/lesson.schema.json', import.meta.url), 'utf8'),
  ) as Node & { $defs: { step: Node; button: Node } };
  const step = schema.$defs.step.properties ?? {};
  const kinds = step.check.oneOf ?? [];
  const ofKind = (name: string) =>
    kinds.find(({ properties }) => properties?.is.const === name)?.properties ?? {};
  expect(kinds.map(({ properties }) => properties?.is.const)).toEqual(CHECK_NAMES);
  expect(ofKind('page').page.enum).toEqual(PAGE_NAMES);
  expect(ofKind('result').of.enum).toEqual(RESULT_NAMES);
  expect(ofKind('scene').scene.enum).toEqual(WALK_SCENES);
  expect(schema.$defs.button.enum).toEqual(NAMED_BUTTONS);
  expect(Object.keys(schema.properties ?? {})).toEqual(['$schema', ...Object.keys(MINE)]);
  expect(schema.required).toEqual(Object.keys(MINE));
  expect(schema.properties?.id.pattern).toBe(NAME.source);
  expect(schema.properties?.steps.maxItems).toBe(MOST_STEPS);
  expect(schema.properties?.summary.maxLength).toBe(LONGEST.summary);
  for (const field of ['title', 'sentence', 'do', 'link'] as const)
    expect(step[field].maxLength, field).toBe(LONGEST[field]);
  for (const lesson of LESSONS)
    for (const one of lesson.steps)
      expect(Object.keys(step)).toEqual(expect.arrayContaining(Object.keys(one)));
});
