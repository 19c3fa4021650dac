// @vitest-environment happy-dom
/** Plug-ins that are in the registries alone, on the page: in links, controls, plans and words. */
import { act, type ReactNode } from 'react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_IMAGE_SETTINGS } from '../contracts/images.ts';
import { imageSweepPoints, countImagePoints } from '../contracts/imageSweep.ts';
import { emptyExperiment, readLink, writeLink } from '../contracts/link.ts';
import { CODEC_METAS, condenserOf } from '../contracts/plugins.ts';
import { DEFAULT_SETTINGS } from '../contracts/codec.ts';
import { DEFAULT_TRAINING_SETTINGS, resultOf, widthOf } from '../contracts/training.ts';
import { addToyCodec, toyCodecMeta } from '../core/testing/toyCodec.ts';
import { addToyPlugins, toyMethodMeta, toyNetwork, toyTransformMeta } from '../core/testing/toyPlugins.ts';
import { OF_PICTURES } from './settings/homes.ts';
import { SettingControl } from './settings/SettingControl.tsx';
import { ImageSweepControls } from './sweep/pictures/ImageSweepControls.tsx';
import { TrainingSweepControls } from './sweep/pictures/TrainingSweepControls.tsx';
import { encodingWords, shortEncoding } from './pictures/encodingWords.ts';
import { showStation, type ShownStation } from './testing/pictures.tsx';
import { networkOptions } from './learn/pictures/trainingChoices.ts';
import { valueWords } from './sweep/table/axes.ts';
import { networkWords } from './training/words.ts';
import { runWith } from './testing/training.ts';

let remove = (): void => undefined;
let shown: ShownStation | null = null;
beforeEach(() => {
  const removers = [addToyCodec(), addToyPlugins()];
  remove = () => removers.forEach((one) => one());
});
afterEach(() => {
  shown?.end();
  shown = null;
  remove();
});

/** What the page says with a control's list open, the list being anywhere on the page. */
async function opened(control: ReactNode): Promise<string> {
  shown = await showStation(control, {});
  const button = shown.place.querySelector('button[aria-haspopup="listbox"]');
  await act(async () => {
    button?.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true }));
    await Promise.resolve();
  });
  return document.body.textContent.replaceAll('\u202f', ' ');
}

describe('in links', () => {
  const link = [
    `v=1&codec=toy&sweep=codec:greedygd,toy`,
    `&transform=${toyTransformMeta.name}&sweep-transforms=dct,${toyTransformMeta.name}`,
    `&network=${toyNetwork.name}&net-width=16&subset=${toyMethodMeta.name}`,
    `&train-methods=full,${toyMethodMeta.name}`,
  ].join('');

  it('they are read, and written again', () => {
    const { experiment, problems } = readLink(link);
    expect(problems).toEqual([]);
    expect(experiment.settings.codec).toBe('toy');
    expect(experiment.sweep.axes).toEqual([{ name: 'codec', values: ['greedygd', 'toy'] }]);
    expect(experiment.images).toMatchObject({
      settings: { transform: toyTransformMeta.name },
      sweep: { transforms: ['dct', toyTransformMeta.name] },
      training: { network: toyNetwork.name, width: 16, method: toyMethodMeta.name },
      grid: { methods: ['full', toyMethodMeta.name] },
    });
    expect(readLink(writeLink({ ...emptyExperiment(), ...experiment })).experiment).toEqual(experiment);
  });

  it('they are refused with the ones that there are where they are not known', () => {
    remove();
    const { problems } = readLink(link);
    expect(problems.map(({ code }) => code)).toEqual(Array(7).fill('LINK_OUT_OF_RANGE'));
    expect(problems[0].what).toContain(`${CODEC_METAS.names.join(', ')}.`);
  });
});

describe('in controls', () => {
  it('a codec can be chosen', async () => {
    expect(await opened(<SettingControl home={OF_PICTURES} name="codec" />)).toContain(toyCodecMeta.label);
  });

  it('a transform can be chosen', async () => {
    expect(await opened(<SettingControl home={OF_PICTURES} name="transform" />)).toContain(
      toyTransformMeta.label,
    );
  });

  it('transforms and methods can be swept over', async () => {
    shown = await showStation(
      <>
        <ImageSweepControls />
        <TrainingSweepControls />
      </>,
      {},
    );
    expect(shown.text()).toContain(toyTransformMeta.label);
    expect(shown.text()).toContain(toyMethodMeta.label);
    expect(shown.text()).toContain(toyMethodMeta.sweepSentence);
  });

  it('a network can be chosen, with its parameters for the pictures', () => {
    const shape = { width: 4, height: 3, channels: 1, classes: 2 };
    expect(networkOptions(shape, 8).at(-1)).toEqual({
      value: toyNetwork.name,
      label: toyNetwork.label,
      description: `${12 * 8 + 8 + 8 * 2 + 2} parameters. ${toyNetwork.sentence}`,
    });
  });
});

describe('in plans and words', () => {
  it('a codec is called by its label, and condenses as it can', () => {
    expect(valueWords('codec', 'toy')).toBe(toyCodecMeta.label);
    expect(condenserOf({ ...DEFAULT_SETTINGS, codec: 'toy', condenser: 'bases-zero' })).toBe('clusters');
  });

  it('a transform counts with every representation, if it has use for one', () => {
    const transforms = ['none', toyTransformMeta.name];
    const plan = {
      ...{ transforms, representations: ['zigzag', 'twos'], taus: [64], classWise: [true], limit: 9 },
    };
    expect(countImagePoints(DEFAULT_IMAGE_SETTINGS, plan)).toBe(3);
    // A codec that takes pixels as they are has one way to encode them.
    const dense = { ...DEFAULT_IMAGE_SETTINGS, codec: 'dense' };
    expect(countImagePoints(dense, plan)).toBe(1);
    expect(imageSweepPoints(dense, plan).map(encodingWords)).toEqual(['Pixels as they are']);
    expect(imageSweepPoints(DEFAULT_IMAGE_SETTINGS, plan).map(encodingWords)).toEqual([
      'Pixels as they are',
      'Toy negative · zigzag',
      "Toy negative · two's complement",
    ]);
    expect(shortEncoding({ transform: toyTransformMeta.name, representation: 'zigzag' })).toBe(
      'negative · zigzag',
    );
  });

  it('a network with widths keeps its width', () => {
    expect(widthOf({ ...DEFAULT_TRAINING_SETTINGS, network: toyNetwork.name, width: 32 })).toBe(32);
    const run = runWith(
      { network: toyNetwork.name, width: 32, method: toyMethodMeta.name },
      { accuracy: 0.5 },
    );
    expect(resultOf(run)).toMatchObject({ model: toyNetwork.name, width: 32, method: toyMethodMeta.name });
    expect(networkWords(toyNetwork.name, 32)).toBe('Toy network, width 32');
  });
});
