/** What each column was read as, and why, in words. */
import type { ColumnDecision, TableNotice } from '../tableReading.ts';
import { patternOfShape } from '../../core/table/time.ts';
import { TEXT_DIGITS, TEXT_LEADING_ZERO } from './cells.ts';
import type { ColumnReader, Storage } from './columnReader.ts';
import { OTHER_TIME, type Evidence, type Offence } from './evidence.ts';
import { ALL_STYLES, COMMA_GROUPED, COMMA_PLAIN, POINT_GROUPED } from './numbers.ts';

function whyNumber(style: number, { styles }: Evidence): string {
  if (styles === ALL_STYLES) return 'every filled cell is a number';
  if (style === POINT_GROUPED) return 'every filled cell is a number, with thousands separated by commas';
  if (style === COMMA_GROUPED) return 'every filled cell is a number, with thousands separated by points';
  return `every filled cell is a number with a decimal ${style === COMMA_PLAIN ? 'comma' : 'point'}`;
}

function whyText({ line, cell, why }: Offence): string {
  switch (why) {
    case TEXT_LEADING_ZERO:
      return `line ${line} has ${cell}, which a number would leave without its leading zeros`;
    case TEXT_DIGITS:
      return `line ${line} has ${cell}, which has more digits than a double holds`;
    case OTHER_TIME:
      return `line ${line} has ${cell}, a time written in another way than those above`;
    default:
      return `line ${line} has ${cell}`;
  }
}

function noticeOf({ line, cell, why }: Offence, column: string): TableNotice | null {
  switch (why) {
    case TEXT_LEADING_ZERO:
      return {
        code: 'leading-zeros',
        column,
        text: 'Kept as text: some of its numbers begin with zeros that a number would lose.',
      };
    case TEXT_DIGITS:
      return {
        code: 'long-digits',
        column,
        text: 'Kept as text: some of its numbers have more digits than can be kept exactly.',
      };
    case OTHER_TIME:
      return {
        code: 'mixed-times',
        column,
        text: `Kept as text: its times are written in more than one way, as ${cell} on line ${line}.`,
      };
    default:
      return null;
  }
}

/** A number that can be read in two ways, or that looks like a list of two. */
function ambiguous({ styles, signed }: Evidence, column: string): { why: string; notice: TableNotice } {
  const { cell, line } = signed!;
  const grouped = (styles & (POINT_GROUPED | COMMA_GROUPED)) === (POINT_GROUPED | COMMA_GROUPED);
  const why = grouped
    ? `${cell} on line ${line} can be thousands or a fraction`
    : `${cell} on line ${line} can be a number with a decimal comma or a list`;
  return {
    why,
    notice: {
      code: grouped ? 'ambiguous-separator' : 'decimal-comma',
      column,
      text: `Kept as text: ${why}. Choose the decimal sign to have numbers.`,
    },
  };
}

/**
 * @param column a column at the end of the file
 * @param known what the first rows said of it: a column that they made text was not looked at any more
 * @param storage what it is in the end
 * @param notices receives what the user should know of it
 */
export function explain(
  column: ColumnReader,
  known: Evidence,
  storage: Storage,
  notices: TableNotice[],
): ColumnDecision {
  const { name, asked, evidence } = column;
  const say = (type: ColumnDecision['type'], why: string): ColumnDecision => ({
    column: name,
    type,
    chosen: asked !== undefined,
    why,
  });
  if (asked !== undefined) return say(asked, 'chosen');
  switch (storage.kind) {
    case 'open':
      return say('number', 'no cell has a value');
    case 'number':
      return say('number', whyNumber(storage.style, evidence));
    case 'time':
      return say('time', `every cell is written ${patternOfShape(evidence.shape)}`);
    default: {
      const offence = known.offence ?? evidence.offence;
      if (offence === null && column.hasWordsAlone) {
        const [{ text }, ...others] = column.spellings();
        return say('text', `every filled cell is "${text}"${others.length > 0 ? ' or the like' : ''}`);
      }
      if (offence === null) {
        const { why, notice } = ambiguous(evidence, name);
        notices.push(notice);
        return say('text', why);
      }
      const notice = noticeOf(offence, name);
      if (notice !== null) notices.push(notice);
      return say('text', whyText(offence));
    }
  }
}
