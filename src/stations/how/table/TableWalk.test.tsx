// @vitest-environment happy-dom
import { act } from 'react';
import { describe, expect, it, vi } from 'vitest';
import type { WalkReport } from '../../../contracts/walk.ts';
import { idleTask, type Task } from '../../lab/task.ts';
import { showStation } from '../../testing/pictures.tsx';
import { TableWalk } from './TableWalk.tsx';
import { toyWalk } from './testing.ts';

async function show(change: object = {}) {
  const walkThrough = vi.fn(async () => undefined);
  const walk: Task<WalkReport> = {
    ...{ ...idleTask(), status: 'done' },
    value: toyWalk(),
  };
  const shown = await showStation(
    <TableWalk />,
    {},
    { station: 'how', kind: 'table', walk, walkThrough, cancelWalk: vi.fn(), noteScene: vi.fn(), ...change },
  );
  return { ...shown, walkThrough };
}

const press = (key: string): void => {
  act(() => void document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true })));
};

describe('the step-through of a table', () => {
  it('goes on and back by keys, and says where it is', async () => {
    const { text, end } = await show();
    expect(text()).toContain('Step 1 of 27');
    expect(text()).toContain('12 records of 3 columns');
    press('ArrowRight');
    expect(text()).toContain('Numbers become codes');
    press('End');
    expect(text()).toContain('Step 27 of 27');
    expect(text()).toContain('6 weighted samples instead of 12 records');
    press('ArrowLeft');
    expect(text()).toContain('Step 26 of 27');
    press('Home');
    expect(text()).toContain('Step 1 of 27');
    end();
  });

  it('asks for the small table as it stands, with β and τ of its own', async () => {
    const { walkThrough, end } = await show();
    await vi.waitFor(() => expect(walkThrough).toHaveBeenCalled());
    const [[request]] = walkThrough.mock.calls as unknown as [[{ subject: { csv: string } }]];
    expect(request).toMatchObject({
      subject: { kind: 'written' },
      settings: { target: 'power', beta: 3, tau: 3 },
    });
    expect(request.subject.csv).toMatch(/^speed,temperature,power\r\n3,21,13\r\n/);
    end();
  });

  it('says what is wrong with a table, beside the steps that still stand', async () => {
    const error = { code: 'CSV_EMPTY', what: 'The table has no records.', todo: 'Write one.' };
    const walk = { ...idleTask(), status: 'failed', value: toyWalk(), error };
    const { text, end } = await show({ walk });
    expect(text()).toContain('CSV_EMPTY');
    expect(text()).toContain('Step 1 of 27');
    end();
  });
});
