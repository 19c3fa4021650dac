/** What a lesson is: a JSON file of steps, each of which is a link into the lab with a sentence. */
import * as v from 'valibot';
import { LabError } from '../../contracts/errors.ts';
import { sampleById } from '../../contracts/gallery.ts';
import { OWN_LESSON, readLink } from '../../contracts/link.ts';
import { deflateText, inflateText, MAX_INFLATED } from '../../contracts/link/packing.ts';
import { MOST_PACKED_LESSON, MOST_STEPS, NAME } from '../../contracts/link/viewProperties.ts';
import { formatCount } from '../../ui/format.ts';
import { checkSchema } from './checks.ts';
import { parsePlaced, type Path } from './placedJson.ts';
import { spotSchema } from './spots.ts';

/** Longest texts of a lesson, in characters. */
export const LONGEST = { title: 80, summary: 240, sentence: 600, do: 240, link: 2_000 } as const;
const MOST_MINUTES = 180;
/** Faults that a message names before it counts the rest. */
const MOST_FAULTS = 5;

function words(most: number) {
  return v.pipe(
    v.string('has to be a text'),
    v.minLength(1, 'is empty'),
    v.maxLength(most, `has more than ${formatCount(most)} characters`),
  );
}

function whole(most: number) {
  const range = `has to be a whole number from 1 to ${most}`;
  return v.pipe(v.number(range), v.integer(range), v.minValue(1, range), v.maxValue(most, range));
}

/** What is wrong with the link of a step, or null. */
function linkFault(link: string): string | null {
  const { experiment, problems } = readLink(link);
  if (problems.length > 0) return problems[0].what.replace(/\.$/, '');
  const { data, view } = experiment;
  if (view.lesson !== null || view.lessonFile !== null) return 'a step cannot lead to a lesson';
  if (data?.kind === 'sample' && sampleById(data.id) === undefined)
    return `“${data.id}” is no sample of this version`;
  return null;
}

const link = v.pipe(
  v.string('has to be a text'),
  v.startsWith('#', 'has to begin with #: it is what stands behind the address of the page'),
  v.maxLength(LONGEST.link, `has more than ${formatCount(LONGEST.link)} characters`),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed || dataset.issues !== undefined) return;
    const fault = linkFault(dataset.value);
    if (fault !== null) addIssue({ message: `cannot be followed: ${fault}` });
  }),
);

const step = v.strictObject(
  {
    title: words(LONGEST.title),
    sentence: words(LONGEST.sentence),
    link,
    do: v.optional(words(LONGEST.do)),
    check: v.optional(checkSchema),
    spotlight: v.optional(spotSchema),
  },
  'has to be an object',
);

const lessonSchema = v.strictObject(
  {
    $schema: v.optional(v.string('has to be a text')),
    version: v.literal(1, 'has to be 1'),
    id: v.pipe(
      v.string('has to be a text'),
      v.regex(NAME, 'has to be small letters, digits and hyphens, at most 40, a letter first'),
    ),
    title: words(LONGEST.title),
    minutes: whole(MOST_MINUTES),
    summary: words(LONGEST.summary),
    steps: v.pipe(
      v.array(step, 'has to be a list'),
      v.minLength(1, 'has no step'),
      v.maxLength(MOST_STEPS, `has more than ${MOST_STEPS} steps`),
    ),
  },
  'has to be an object',
);

export type Lesson = v.InferOutput<typeof lessonSchema>;

/** "“title” of step 3", "“check.atLeast” of step 3", "“minutes”": steps are counted as the page counts them. */
function placeWords(path: Path): string {
  if (path.length === 0) return 'the lesson';
  const [first, index, ...inside] = path;
  if (first !== 'steps' || typeof index !== 'number') return `“${path.join('.')}”`;
  const ofStep = `step ${index + 1}`;
  return inside.length === 0 ? ofStep : `“${inside.join('.')}” of ${ofStep}`;
}

function faultWords({ type, expected, message }: v.BaseIssue<unknown>): string {
  if (type !== 'strict_object' || expected === null || expected === 'Object') return message;
  return expected === 'never' ? 'is a key that is not known here' : 'is missing';
}

/** A lesson whose file comes with the lab. */
export function checkedLesson(value: unknown): Lesson {
  return v.parse(lessonSchema, value);
}

/**
 * Reads a lesson whole.
 *
 * @throws LESSON_MALFORMED, LESSON_INVALID with the lines of what is wrong
 */
export function readLesson(text: string): Lesson {
  const { value, lineOf } = parsePlaced(text);
  const result = v.safeParse(lessonSchema, value);
  if (result.success) return result.output;
  const faults = result.issues.map((issue) => {
    const path = (issue.path ?? []).map(({ key }) => key as string | number);
    return `Line ${lineOf(path)}: ${placeWords(path)} ${faultWords(issue)}.`;
  });
  const others = faults.length - MOST_FAULTS;
  throw new LabError(
    'LESSON_INVALID',
    [...faults.slice(0, MOST_FAULTS), ...(others > 0 ? [`And ${formatCount(others)} more.`] : [])].join(' '),
  );
}

/**
 * A lesson as a link carries it.
 *
 * @throws LESSON_TOO_LARGE
 */
export function packLesson(lesson: Lesson): string {
  const packed = deflateText(JSON.stringify(lesson));
  if (packed.length > MOST_PACKED_LESSON) {
    throw new LabError(
      'LESSON_TOO_LARGE',
      `Deflated, the lesson has ${formatCount(packed.length)} characters; a link carries ${formatCount(MOST_PACKED_LESSON)}.`,
    );
  }
  return packed;
}

/**
 * The lesson that a link carries.
 *
 * @throws LESSON_MALFORMED, LESSON_INVALID, LESSON_UNKNOWN where it carries none
 */
export function unpackLesson(packed: string | null): Lesson {
  const text = packed === null ? null : inflateText(packed);
  if (text === null) {
    throw new LabError(
      'LESSON_UNKNOWN',
      `The link is of a lesson of somebody’s own (lesson=${OWN_LESSON}), but does not carry it.`,
    );
  }
  return readLesson(text);
}

/**
 * Reads the file of a lesson; one that is too large is refused unread.
 *
 * @throws LESSON_TOO_LARGE, LESSON_MALFORMED, LESSON_INVALID, FILE_UNREADABLE
 */
export async function lessonOfFile(file: File): Promise<Lesson> {
  if (file.size > MAX_INFLATED) {
    throw new LabError(
      'LESSON_TOO_LARGE',
      `${file.name} takes ${formatCount(file.size)} bytes; a lesson may take ${formatCount(MAX_INFLATED)}.`,
    );
  }
  const text = await file.text().catch((thrown: unknown) => {
    throw new LabError('FILE_UNREADABLE', `${file.name} could not be read.`, { cause: thrown });
  });
  return readLesson(text);
}
