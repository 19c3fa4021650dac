// @vitest-environment happy-dom
import { act } from 'react';
import { describe, expect, it, vi } from 'vitest';
import type { Pictures } from '../../contracts/images.ts';
import type { PictureRow } from './gridLayout.ts';
import { PictureGrid } from './PictureGrid.tsx';
import { mountEach } from '../testing/mount.ts';

const view = mountEach();

function pictures(count: number): Pictures {
  return {
    width: 4,
    height: 4,
    channels: 1,
    records: Uint32Array.from({ length: count }, (_, k) => 100 + k),
    labels: new Uint16Array(count),
    pixels: new Uint8Array(count * 16),
  };
}

const grid = (): HTMLElement => {
  const element = view.place.querySelector<HTMLElement>('[role=grid]');
  if (element === null) throw new Error('no grid');
  return element;
};
const press = (key: string): void =>
  act(() => {
    grid().dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
  });

describe('PictureGrid', () => {
  it('has every picture in words, and names its rows', () => {
    const rows: PictureRow[] = [
      { name: 'cats', note: '2', from: 0, count: 2 },
      { name: 'dogs', note: '1', from: 2, count: 1 },
    ];
    act(() =>
      view.root.render(
        <PictureGrid label="Pets" pictures={pictures(3)} rows={rows} describe={(k) => `picture ${k}`} />,
      ),
    );
    expect([...view.place.querySelectorAll('[role=rowheader] b')].map((name) => name.textContent)).toEqual([
      'cats',
      'dogs',
    ]);
    expect([...view.place.querySelectorAll('[role=gridcell]')].map((cell) => cell.textContent)).toEqual([
      'picture 0',
      'picture 1',
      'picture 2',
    ]);
    expect(grid().getAttribute('aria-label')).toContain('Pets');
    expect(view.place.querySelector('canvas')?.getAttribute('aria-hidden')).toBe('true');
  });

  it('moves by arrow keys, says where it is, and chooses by Enter', () => {
    const onChoose = vi.fn();
    act(() =>
      view.root.render(
        <PictureGrid
          label="Pictures"
          pictures={pictures(9)}
          describe={(k) => `record ${100 + k}`}
          onChoose={onChoose}
          choosing="opens it"
        />,
      ),
    );
    expect(grid().getAttribute('aria-label')).toContain('Enter opens it');
    act(() => grid().focus());
    press('ArrowRight');
    press('ArrowRight');
    expect(view.place.querySelector('.picture-readout')?.textContent).toContain('record 102');
    const active = grid().getAttribute('aria-activedescendant');
    expect(document.getElementById(active ?? '')?.textContent).toBe('record 102');
    press('Enter');
    expect(onChoose).toHaveBeenCalledExactlyOnceWith(2);
  });

  it('keeps only rows that show in the page, however many there are', () => {
    const rows = Array.from({ length: 400 }, (_, k): PictureRow => ({
      name: `class ${k}`,
      note: '',
      from: k,
      count: 1,
    }));
    act(() =>
      view.root.render(<PictureGrid label="Many" pictures={pictures(400)} rows={rows} describe={String} />),
    );
    expect(grid().getAttribute('aria-rowcount')).toBe('400');
    expect(view.place.querySelectorAll('[role=row]').length).toBeLessThan(40);
  });

  it('opens a row by its name', () => {
    const onRow = vi.fn();
    act(() =>
      view.root.render(
        <PictureGrid
          label="Pets"
          pictures={pictures(2)}
          rows={[{ name: 'cats', note: '', from: 0, count: 2 }]}
          describe={String}
          onRow={onRow}
        />,
      ),
    );
    act(() => view.place.querySelector<HTMLElement>('.picture-row-button')?.click());
    expect(onRow).toHaveBeenCalledExactlyOnceWith(0);
  });

  it('stands empty without pictures', () => {
    const onChoose = vi.fn();
    act(() =>
      view.root.render(
        <PictureGrid label="None" pictures={pictures(0)} describe={String} onChoose={onChoose} />,
      ),
    );
    act(() => grid().focus());
    press('ArrowRight');
    press('Enter');
    expect(onChoose).not.toHaveBeenCalled();
  });
});
