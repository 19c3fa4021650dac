// @vitest-environment happy-dom
import { act } from 'react';
import { describe, expect, it } from 'vitest';
import { ConfusionMatrix } from './ConfusionMatrix.tsx';
import { mountEach } from '../testing/mount.ts';

const view = mountEach();

function show(labels: string[], confusion: number[]): void {
  act(() =>
    view.root.render(
      <ConfusionMatrix caption="Guesses" labels={labels} confusion={confusion} tone="analytics" />,
    ),
  );
}

/** Cells of every row as "count share", and the row's records. */
function cells(): string[][] {
  return [...view.place.querySelectorAll('tbody tr')].map((row) =>
    [...row.querySelectorAll('td')].map((cell) => cell.textContent.replace(/\u202f/g, '')),
  );
}

/** How far every cell is filled. */
function fills(): string[] {
  return [...view.place.querySelectorAll<HTMLElement>('.confusion-cell')].map((cell) =>
    cell.style.getPropertyValue('--share'),
  );
}

describe('the confusion matrix', () => {
  it('of a perfect classifier is filled on its diagonal alone', () => {
    show(['no', 'yes'], [90, 0, 0, 1210]);
    expect(cells()).toEqual([
      ['90100.0%', '0', '90'],
      ['0', '1,210100.0%', '1,210'],
    ]);
    expect(fills()).toEqual(['100.00%', '0.00%', '0.00%', '100.00%']);
    expect(
      [...view.place.querySelectorAll('.confusion-right')].map((cell) => cell.firstChild?.textContent),
    ).toEqual(['90', '1,210']);
  });

  it('of a random one is filled alike, by shares of the row and not of all', () => {
    show(['a', 'b', 'c'], [10, 10, 10, 200, 200, 200, 1, 1, 1]);
    expect(new Set(fills())).toEqual(new Set(['33.33%']));
  });

  it('of a constant one is filled in one column, and a class without records is empty', () => {
    show(['a', 'b', 'c'], [40, 0, 0, 8, 0, 0, 0, 0, 0]);
    expect(fills()).toEqual([
      ...['100.00%', '0.00%', '0.00%'],
      ...['100.00%', '0.00%', '0.00%'],
      ...['0.00%', '0.00%', '0.00%'],
    ]);
    expect(cells()[2]).toEqual(['0', '0', '0', '0']);
  });

  it('names rows and columns, whatever they are called, in a region of its own', () => {
    const evil = '<img src=x onerror=alert(1)>';
    show([evil, 'yes'], [1, 0, 0, 1]);
    const scopes = (scope: string) =>
      [...view.place.querySelectorAll(`th[scope="${scope}"]`)].map((head) => head.textContent);
    expect(scopes('row')).toEqual([evil, 'yes']);
    expect(scopes('col').slice(1)).toEqual([evil, 'yes', 'Records']);
    expect(view.place.querySelector('img')).toBeNull();
    expect(view.place.querySelector('caption')?.textContent).toBe('Guesses');
    expect(view.place.querySelector('[role="region"]')?.getAttribute('tabindex')).toBe('0');
  });

  it('holds twenty classes', () => {
    const labels = Array.from({ length: 20 }, (_, k) => `class ${k}`);
    show(
      labels,
      Array.from({ length: 400 }, (_, k) => k),
    );
    expect(cells()).toHaveLength(20);
    expect(cells()[19][0]).toMatch(/^380/);
  });
});
