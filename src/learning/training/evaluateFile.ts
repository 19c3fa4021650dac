/** A network from a file on the test pictures that are served. */
import type { ImportedModel } from '../../contracts/training.ts';
import { LabError } from '../../core/errors.ts';
import type { Pulse } from '../../core/pulse.ts';
import type { DeviceWatch } from './deviceWatch.ts';
import { evaluate } from './evaluate.ts';
import { createMessageTurns, waitFor } from './messageTurn.ts';
import { measureNormalisation, normalisationTable, usualNormalisation } from './normalise.ts';
import { fetchTest } from './openSession.ts';
import type { SubsetClient } from './subsetClient.ts';

const OPENING = { phase: 'Opening the network', done: 0, total: null, unit: 'pictures' };

const misfit = (what: string) => new LabError('MODEL_FILE_MISFIT', what);

/** @throws MODEL_FILE_UNREADABLE, MODEL_FILE_MISFIT, CANCELLED, and what the serving side says */
export async function evaluateFile(
  files: readonly File[],
  subsets: SubsetClient,
  device: DeviceWatch,
  pulse: Pulse,
): Promise<ImportedModel> {
  const { importModel } = await import('../layersModel/importModel.ts');
  const network = await importModel(files);
  const turns = createMessageTurns();
  try {
    const served = await waitFor(subsets.facts, pulse, OPENING);
    const { width, height, channels, classNames } = served;
    const { inputShape: input } = network;
    if (input.width !== width || input.height !== height || input.channels !== channels) {
      throw misfit(
        `The network takes pictures of ${input.width} × ${input.height} with ${input.channels} channels; ` +
          `these are ${width} × ${height} with ${channels}.`,
      );
    }
    if (network.classes !== classNames.length) {
      throw misfit(
        `The network tells ${network.classes} classes apart; the pictures have ${classNames.length}.`,
      );
    }
    if (served.test.length === 0) throw misfit('There are no test pictures.');
    const test = await fetchTest(subsets, served, pulse);
    const normalisation =
      network.preprocessing ??
      usualNormalisation(served.datasetId) ??
      served.statistics ??
      measureNormalisation(test.pixels, channels);
    const evaluation = await evaluate(
      { predict: (pictures) => network.predict(pictures), gives: network.gives },
      test,
      normalisationTable(normalisation),
      0,
      {
        guard: (promise) => device.guard(promise),
        async pause(done, total) {
          device.check();
          if (pulse.due()) await pulse.beat({ phase: 'Evaluating', done, total, unit: 'pictures' });
          else await turns.turn();
        },
      },
    );
    return { name: network.name, parameters: network.parameters, layers: network.layers, evaluation };
  } catch (thrown) {
    if (thrown instanceof LabError && thrown.code === 'TRAINING_DIVERGED') {
      throw misfit('The network gives scores that are not numbers for these pictures.');
    }
    throw thrown;
  } finally {
    turns.close();
    network.dispose();
  }
}
