/** A network from the files of a tfjs layers model, ready to be evaluated. */
import type { Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import { LabError } from '../../core/errors.ts';
import type { InputShape } from '../../core/networks/network.ts';
import { Unreadable } from './checking.ts';
import { loadModel } from './loadModel.ts';
import { fromMetadata, type Preprocessing } from './preprocessing.ts';
import { readModelFiles } from './readFiles.ts';
import { readTopology } from './topology.ts';

/** Most characters of a complaint: some repeat what stands in the file. */
const MAX_COMPLAINT = 300;

export interface ImportedNetwork {
  /** As the file calls it, else "network". */
  name: string;
  inputShape: InputShape;
  classes: number;
  /** All numbers of its weights. */
  parameters: number;
  layers: number;
  /** What predict gives: probabilities where the last layer is a softmax. */
  gives: 'logits' | 'probabilities';
  /** What the file says of normalisation; null of a file that another lab wrote. */
  preprocessing: Preprocessing | null;
  /** [batch, classes] of normalised pictures [batch, height, width, channels]. */
  predict(pictures: Tensor4D): Tensor2D;
  dispose(): void;
}

async function read(files: readonly File[]): Promise<ImportedNetwork> {
  const { json, weights } = await readModelFiles(files);
  const topology = readTopology(json.modelTopology);
  const model = await loadModel(topology, weights);
  const { name, input, layers } = topology;
  const [height, width, channels] = input;
  const { className, config } = layers[layers.length - 1];
  const [, classes] = model.outputShape as number[];
  return {
    name,
    inputShape: { height, width, channels },
    classes,
    parameters: model.countParams(),
    layers: layers.length,
    gives: className === 'Softmax' || config.activation === 'softmax' ? 'probabilities' : 'logits',
    preprocessing: fromMetadata(json.userDefinedMetadata, channels, classes),
    // Not predict, which cuts batches up.
    predict: (pictures) => model.apply(pictures) as Tensor2D,
    dispose: () => void model.dispose(),
  };
}

/**
 * @param files one zip, or model.json and its weight files
 * @throws LabError MODEL_FILE_UNREADABLE
 */
export async function importModel(files: readonly File[]): Promise<ImportedNetwork> {
  try {
    return await read(files);
  } catch (thrown) {
    const what =
      thrown instanceof Unreadable || thrown instanceof LabError
        ? thrown.message
        : `it could not be opened (${thrown instanceof Error ? thrown.message : String(thrown)})`;
    const sentence = `The model cannot be read: ${what.replace(/\.$/, '').slice(0, MAX_COMPLAINT)}.`;
    throw new LabError('MODEL_FILE_UNREADABLE', sentence, { cause: thrown });
  }
}
