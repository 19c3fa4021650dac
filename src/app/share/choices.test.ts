import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../../contracts/codec.ts';
import { DEFAULT_IMAGE_SETTINGS } from '../../contracts/images.ts';
import { PLAIN_VIEW, type LinkedView } from '../../contracts/link.ts';
import type { LabState } from '../../stations/lab.ts';
import { idleTraining } from '../../stations/training/state.ts';
import { choicesFrom, figureWords, viewFrom, withControl } from './choices.ts';
import { controlRows } from './controlRows.ts';

const view: LinkedView = {
  ...PLAIN_VIEW,
  hide: ['data'],
  hideControls: ['order'],
  lock: ['beta'],
  theme: 'dark',
  figure: 'bit-map',
};

describe('what is chosen to be shared', () => {
  it('begins with what is shown now, and says the same again', () => {
    const choices = choicesFrom({ station: 'bits', view });
    expect(choices.controls).toEqual({ order: 'hidden', beta: 'locked' });
    expect(viewFrom(choices, false, view)).toEqual(view);
  });

  it('is an embed, or is presented, but not both', () => {
    const choices = { ...choicesFrom({ station: 'bits', view: PLAIN_VIEW }), present: true };
    expect(viewFrom(choices, false, PLAIN_VIEW)).toEqual({ ...PLAIN_VIEW, present: true });
    expect(viewFrom(choices, true, PLAIN_VIEW)).toEqual({ ...PLAIN_VIEW, embed: true });
  });

  it('shows, fixes and hides a control', () => {
    const free = choicesFrom({ station: 'bits', view });
    const fixed = withControl(withControl(free, 'order', 'locked'), 'beta', 'shown');
    expect(viewFrom(fixed, false, view)).toMatchObject({ hideControls: [], lock: ['order'] });
    expect(viewFrom({ ...fixed, hidesAll: true }, true, view).hide).toEqual(['data', 'bits']);
  });

  it('names a figure in words', () => {
    expect(figureWords('bit-map')).toBe('Bit map');
  });
});

describe('the controls of a page', () => {
  const lab = (kind: LabState['kind'], change: object = {}) =>
    ({
      kind,
      settings: { ...DEFAULT_SETTINGS, ...change },
      images: { settings: DEFAULT_IMAGE_SETTINGS, training: idleTraining() },
    }) as unknown as LabState;
  const controls = (...asked: Parameters<typeof controlRows>) =>
    controlRows(...asked).map(({ control }) => control);

  it('are those of the settings that decide something', () => {
    expect(controls('bits', lab('table'))).toContain('beta');
    expect(controls('bits', lab('table'))).not.toContain('seed');
    expect(controls('bits', lab('table', { order: 'random' }))).toContain('seed');
    expect(controls('how', lab('table'))).toEqual([]);
  });

  it('are, of pictures, those of the training and beside what they are about', () => {
    expect(controls('learn', lab('images'))).toEqual(
      expect.arrayContaining(['network', 'subset', 'fraction', 'net-seed', 'batch', 'beta', 'seed']),
    );
  });
});
