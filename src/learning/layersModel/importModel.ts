/**
 * A network from the files of a tfjs layers model, ready to be evaluated. The files are read by this project's own code
 * (topology.ts says why); what it does not know it refuses.
 */
import {
  dispose,
  reshape,
  tensor,
  tidy,
  type Tensor,
  type Tensor2D,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import { LabError } from '../../core/errors.ts';
import type { InputShape } from '../../core/networks/network.ts';
import { Unreadable } from './configuration.ts';
import { fromMetadata, type Preprocessing } from './preprocessing.ts';
import { readModelFiles, type FileWeights } from './readFiles.ts';
import { readTopology, type Node } from './topology.ts';

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

/** The weights of the layers, each in the order in which its operation takes them, as plain arrays. */
function pickWeights(
  nodes: readonly Node[],
  weights: FileWeights,
): { shape: number[]; values: Float32Array }[][] {
  /** By the last two parts of their names: what stands before them are names of models around. */
  const byEnd = new Map<string, string>();
  for (const name of weights.keys()) byEnd.set(name.split('/').slice(-2).join('/'), name);
  return nodes.map((node) =>
    node.operation.needs.map(({ role, shape }) => {
      const name = `${node.name}/${role}`;
      const weight = weights.get(name) ?? weights.get(byEnd.get(name) ?? '');
      if (weight === undefined) throw new Unreadable(`the weight ${name} is missing`);
      if (weight.shape.join() !== shape.join())
        throw new Unreadable(
          `the weight ${name} is ${weight.shape.join(' × ')} instead of ${shape.join(' × ')}`,
        );
      return weight;
    }),
  );
}

/** Where an output is needed for the last time. */
function lastUses(nodes: readonly Node[]): number[] {
  const last = nodes.map((_, place) => place);
  nodes.forEach((node, place) => {
    for (const input of node.inputs) if (input >= 0) last[input] = place;
  });
  return last;
}

function compute(nodes: readonly Node[], weights: readonly Tensor[][], pictures: Tensor4D): Tensor2D {
  return tidy(() => {
    const last = lastUses(nodes);
    const outputs: Tensor[] = [];
    nodes.forEach((node, place) => {
      const inputs = node.inputs.map((input) => (input < 0 ? pictures : outputs[input]));
      outputs.push(
        tidy(() => {
          const output = node.operation.run(inputs, weights[place]);
          // What only passes on gets a handle of its own, or letting go of one would let go of the other.
          return inputs.includes(output) ? reshape(output, output.shape) : output;
        }),
      );
      for (const input of node.inputs) {
        if (input >= 0 && last[input] === place) outputs[input].dispose();
      }
    });
    return outputs[outputs.length - 1] as Tensor2D;
  });
}

async function read(files: readonly File[]): Promise<ImportedNetwork> {
  const { json, weights: fileWeights } = await readModelFiles(files);
  const { name, input, nodes } = readTopology(json.get('modelTopology'));
  const output = nodes[nodes.length - 1].operation;
  if (output.output.length !== 1)
    throw new Unreadable(`it gives ${output.output.join(' × ')} numbers, not one for each class`);
  const picked = pickWeights(nodes, fileWeights);
  const [height, width, channels] = input;
  const classes = output.output[0];
  const weights = tidy(() =>
    picked.map((ofLayer) => ofLayer.map(({ shape, values }) => tensor(values, shape))),
  );
  return {
    name,
    inputShape: { height, width, channels },
    classes,
    parameters: picked.flat().reduce((sum, { values }) => sum + values.length, 0),
    layers: nodes.length,
    gives: output.isSoftmax ? 'probabilities' : 'logits',
    preprocessing: fromMetadata(json.get('userDefinedMetadata'), channels, classes),
    predict: (pictures) => compute(nodes, weights, pictures),
    dispose: () => dispose(weights),
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
    throw new LabError('MODEL_FILE_UNREADABLE', `The model cannot be read: ${what.replace(/\.$/, '')}.`, {
      cause: thrown,
    });
  }
}
