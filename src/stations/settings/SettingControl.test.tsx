// @vitest-environment happy-dom
import { act } from 'react';
import { afterEach, expect, it, vi } from 'vitest';
import { DEFAULT_IMAGE_SETTINGS, type ImageSettings } from '../../contracts/images.ts';
import { encodingWords } from '../pictures/encodingWords.ts';
import { OF_PICTURES } from './homes.ts';
import { SettingsOn } from './SettingControl.tsx';
import { showStation, type ShownStation } from '../testing/pictures.tsx';

const changeImages = vi.fn();
let shown: ShownStation;
afterEach(() => shown.end());

async function show(settings: Partial<ImageSettings>): Promise<void> {
  changeImages.mockReset();
  shown = await showStation(
    <SettingsOn home={OF_PICTURES} panel="archive" />,
    { settings: { ...DEFAULT_IMAGE_SETTINGS, ...settings } },
    { changeImages },
  );
}

it('says why pixels have no representation to choose', async () => {
  await show({ transform: 'none' });
  expect(shown.text()).toContain('Pixels are unsigned already');
  expect(shown.text()).toContain('Lossless.');
  await shown.change({ settings: { ...DEFAULT_IMAGE_SETTINGS, transform: 'dct' } });
  expect(shown.text()).not.toContain('Pixels are unsigned already');
  expect(shown.text()).toContain('Near-lossless');
});

it('changes one setting each', async () => {
  await show({ classWise: true, blockBytes: 4_096 });
  const [toggle] = shown.place.querySelectorAll<HTMLInputElement>('input[role="switch"]');
  act(() => toggle.click());
  expect(changeImages).toHaveBeenCalledWith({ classWise: false });
  expect(shown.text()).toContain('4 KiB');
});

it('names an encoding', async () => {
  await show({});
  expect(encodingWords({ transform: 'none', representation: 'twos' })).toBe('Pixels as they are');
  expect(encodingWords({ transform: 'dct', representation: 'offset' })).toMatch(/ · offset$/);
});
