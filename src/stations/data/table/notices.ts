/** Notices put together, so that a thousand columns with the same trait are one line. */
import type { Notice } from '../../../contracts/codec.ts';

export interface NoticeGroup {
  code: string;
  /** Null for the whole table. */
  columns: string[] | null;
  /** Of the columns in their order; for the whole table one. */
  texts: string[];
}

/** Notices on the whole table first, each by itself, then those on columns by their code, in their order. */
export function groupNotices(notices: readonly Notice[]): NoticeGroup[] {
  const whole: NoticeGroup[] = [];
  const byCode = new Map<string, NoticeGroup & { columns: string[] }>();
  for (const { code, column, text } of notices) {
    if (column === null) {
      whole.push({ code, columns: null, texts: [text] });
      continue;
    }
    let group = byCode.get(code);
    if (group === undefined) byCode.set(code, (group = { code, columns: [], texts: [] }));
    group.columns.push(column);
    group.texts.push(text);
  }
  return [...whole, ...byCode.values()];
}

/** Whether every column of the group is told the same. */
export function isAlike({ texts }: NoticeGroup): boolean {
  return texts.every((text) => text === texts[0]);
}
