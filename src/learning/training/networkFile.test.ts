import { unzipSync } from 'fflate';
import { expect, it } from 'vitest';
import { DEFAULT_TRAINING_SETTINGS } from '../../contracts/training.ts';
import { initialWeights } from '../../core/networks/initialWeights.ts';
import { planNetwork } from '../../core/networks/plan.ts';
import { networkFile } from './networkFile.ts';

// No backend is open in this file: nothing else here may open one.
it('is made of a checkpoint before anything has been trained', async () => {
  const plan = planNetwork('softmax', { width: 3, height: 2, channels: 1 }, 2, 8);
  const { name, file } = await networkFile({
    pictures: {
      ...{ datasetName: 'Pets / 1', width: 3, height: 2, channels: 1 },
      ...{ classNames: ['cat', 'dog'], mean: [0.5], deviation: [0.25] },
    },
    settings: { ...DEFAULT_TRAINING_SETTINGS, network: 'softmax' },
    epoch: 4,
    weights: initialWeights(plan, 1),
  });
  expect(name).toBe('Pets-1-softmax-epoch-4.tfjs.zip');
  const files = unzipSync(new Uint8Array(await file.arrayBuffer()));
  expect(files['weights.bin']).toHaveLength(plan.parameters * 4);
  const json = JSON.parse(new TextDecoder().decode(files['model.json'])) as { format: string };
  expect(json.format).toBe('layers-model');
});
