// @vitest-environment happy-dom
import { act } from 'react';
import { describe, expect, it, vi } from 'vitest';
import type { PeerResult, PeersReport } from '../../../contracts/peers.ts';
import { idleTask, type Task } from '../../lab/task.ts';
import { PeersPanel } from './PeersPanel.tsx';
import { mountEach } from '../../../ui/testing/mount.ts';

const view = mountEach();

function row(name: string, ratio: number, change: Partial<PeerResult> = {}): PeerResult {
  return {
    name,
    label: name,
    sentence: `About ${name}.`,
    isOurs: name === 'Ours',
    randomAccess: name === 'Ours',
    bytes: ratio * 1000,
    ratio,
    encodeMegabytesPerSecond: 10,
    decodeMegabytesPerSecond: 20,
    recordMicroseconds: 30,
    exact: true,
    note: null,
    ...change,
  };
}

const ROWS = [row('Ours', 0.24, { recordMicroseconds: 3 }), row('gzip', 0.46), row('zstd', 0.36)];

const REPORT: PeersReport = {
  rows: ROWS,
  trainRows: 100,
  measuredRows: 100,
  columns: 5,
  rawFloat64Bytes: 1000,
  csvBytes: 900,
  seconds: 3,
  machine: 'a test',
};

const DONE: Task<PeersReport> = { ...idleTask<PeersReport>(), status: 'done', value: REPORT };

function show(task: Task<PeersReport>, rows: PeerResult[], onMeasure = vi.fn(), onCancel = vi.fn()): void {
  act(() =>
    view.root.render(<PeersPanel task={task} rows={rows} onMeasure={onMeasure} onCancel={onCancel} />),
  );
}

const text = (selector: string): string[] =>
  [...view.place.querySelectorAll(selector)].map((element) => element.textContent.replaceAll('\u202f', ' '));

function button(name: RegExp): HTMLElement | undefined {
  return [...view.place.querySelectorAll<HTMLElement>('button')].find((one) =>
    name.test(one.getAttribute('aria-label') ?? one.textContent),
  );
}

describe('PeersPanel', () => {
  it('offers the measurement where there is none yet', () => {
    const onMeasure = vi.fn();
    show(idleTask(), [], onMeasure);
    expect(view.place.querySelector('table')).toBeNull();
    act(() => button(/Measure them/)?.click());
    expect(onMeasure).toHaveBeenCalledOnce();
  });

  it('shows the smallest first, its own row marked, and the best of each column in words too', () => {
    show(DONE, ROWS);
    expect(text('tbody th')).toEqual(['Ours', 'zstd', 'gzip']);
    expect(text('.peer-ours th')).toEqual(['Ours']);
    expect(text('tbody tr:first-child td')).toContain('24.0 % (best)');
    expect(text('.peer-best')).toHaveLength(4);
    const bars = [...view.place.querySelectorAll<HTMLElement>('.peer-bar')].map((bar) => bar.style.width);
    expect(bars.map((width) => Math.round(parseFloat(width)))).toEqual([52, 78, 100]);
    expect(text('.peer-verdict li')[0]).toContain('Ours is the smallest');
  });

  it('shows rows as they come, with a way out', () => {
    const onCancel = vi.fn();
    show({ ...idleTask(), status: 'running' }, ROWS.slice(0, 2), vi.fn(), onCancel);
    expect(text('tbody th')).toEqual(['Ours', 'gzip']);
    // Who wins is not known before the last of them.
    expect(view.place.querySelector('.peer-verdict')).toBeNull();
    expect(button(/Measure/)).toBeUndefined();
    act(() => button(/Cancel/)?.click());
    expect(onCancel).toHaveBeenCalledOnce();
  });

  it('says why a peer has no numbers, and that another gave back a different table', () => {
    const gone = row('brotli', 0, {
      bytes: null,
      ratio: null,
      encodeMegabytesPerSecond: null,
      decodeMegabytesPerSecond: null,
      recordMicroseconds: null,
      exact: null,
      note: 'not measured: it could not be loaded',
    });
    const other = row('csv', 0.1, { exact: false, note: 'the decoded table differs: column 0, row 3' });
    show(DONE, [...ROWS, gone, other]);
    expect(text('.peer-note').sort()).toEqual([
      'not measured: it could not be loaded',
      'the decoded table differs: column 0, row 3',
    ]);
    // It is the smallest, but what it holds is not the table.
    expect(text('tbody tr:first-child .peer-best')).toEqual([]);
    expect(text('tbody th').at(-1)).toContain('brotli');
  });

  it('says when only the first records were measured', () => {
    show({ ...DONE, value: { ...REPORT, trainRows: 1_000_000 } }, ROWS);
    expect(text('.notice').join(' ')).toContain('Measured on the first 100 of 1,000,000 training records');
  });
});
