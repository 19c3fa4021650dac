// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS, type DatasetSummary, type ModelScore } from '../../../contracts/codec.ts';
import { answerOf, pointOf } from '../../answer/testing/answers.ts';
import type { Lab } from '../../lab.ts';
import type { LearnRun } from '../../lab/learn.ts';
import { idleTask, type Task } from '../../lab/task.ts';
import { reportHtml } from '../../report/reportHtml.ts';
import { classScore, descent, errorScore, exact } from '../testing/results.ts';
import { reportOf } from './reportOf.ts';

const HOSTILE = '<script>alert("x")</script>';
const extras = { figures: [], now: 0, appVersion: '1.2.3' };

const point = pointOf('condensed', 19, 318, 1.014);

const done = <T>(value: T): Task<T> => ({ ...idleTask<T>(), status: 'done', value });

function labOf(name: string, score: ModelScore): Lab {
  const run = (method: LearnRun['method']): LearnRun => ({
    ...{ method, playing: false, closedForm: done(exact(method, score, 0.1)) },
    descent: done(descent(method, score)),
  });
  const dataset = { name, fileName: name, id: 'a'.repeat(64), rows: 20_640, columns: [{ name }] };
  const timing = { median: 0.2, quartiles: [0.2, 0.2], repeats: 5 };
  return {
    dataset: done(dataset as DatasetSummary),
    settings: { ...DEFAULT_SETTINGS, target: name, features: [name, 'b'], split: 7 },
    learn: { full: run('full'), condensed: run('condensed') },
    times: done({ full: timing, condensed: timing, making: 0.1, disturbed: 'hidden' }),
    answer: { task: done(answerOf({ condensed: [null, point, point], random: [null, null, null] })) },
    ...{ bits: idleTask(), examined: idleTask(), fitted: { draws: idleTask(), rivals: idleTask() } },
    link: () => 'http://localhost/#v=1',
  } as unknown as Lab;
}

describe('the report of an experiment', () => {
  it('says what the page says, with settings, seeds and versions', () => {
    const report = reportOf(labOf('Homes', errorScore(0.25)), extras);
    expect(report?.question).toContain('Predicting Homes of Homes by linear regression');
    expect(report?.answer.slice(0, 2).join(' ')).toMatch(/^Yes\. 318 condensed samples/);
    expect(report?.headline?.sentences.join(' ')).toContain('82 condensed samples');
    expect(report?.headline?.sentences.at(-1)).toContain('Disturbed: the page was hidden meanwhile.');
    expect(report?.table?.rows.map(([name]) => name)).toEqual([
      ...['Full, closed form', 'Condensed, closed form'],
      ...['Full, gradient descent', 'Condensed, gradient descent', 'Floor, training mean'],
    ]);
    expect(report?.table?.rows.every((row) => row.length === report.table?.header.length)).toBe(true);
    const entries = report?.lists.flatMap((list) => [...list.entries]) ?? [];
    expect(entries).toContainEqual(['Features', 'Homes, b']);
    expect(entries).toContainEqual(['Split seed', '7']);
    expect(entries).toContainEqual(['dreaMLearning Lab', '1.2.3']);
  });

  it('makes markup of no name of a file or a column', () => {
    for (const score of [errorScore(0.25), classScore([5, 1, 1, 3])]) {
      const report = reportOf(labOf(HOSTILE, score), extras);
      const page = report === null ? '' : reportHtml(report);
      expect(page).toContain('&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;');
      expect(page).not.toContain('<script');
    }
  });

  it('is none before anything was learned', () => {
    const lab = labOf('Homes', errorScore(0.25));
    expect(reportOf({ ...lab, settings: { ...lab.settings, target: null } }, extras)).toBeNull();
  });
});
