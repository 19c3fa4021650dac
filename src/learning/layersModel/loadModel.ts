/**
 * A checked topology and its weights as a model of tfjs-layers, through its own loader. The loader believes every size
 * and never ends on layers that wait for each other: so it gets a topology that is written anew from the checked one,
 * and as initial values the weights of the file, which have to be of the size that a layer asks for.
 */
import { engine, io, serialization, tensor, type Tensor } from '@tensorflow/tfjs-core';
import { loadLayersModel, type LayersModel } from '@tensorflow/tfjs-layers';
import { Unreadable } from './checking.ts';
import type { FileWeights } from './readFiles.ts';
import { MAX_NUMBERS, type Layer, type Topology } from './topology.ts';

interface LayerWeight {
  name: string;
  shape: number[];
  values: Float32Array;
}

/** What layers have yet to ask for, by their names in the loader. An initialiser made of JSON cannot hold it. */
const waiting = new Map<string, LayerWeight[]>();

/** The next weight of a layer, whichever it is: SeparableConv2D asks the initialiser of one kernel for both. */
class FileWeight extends serialization.Serializable {
  static readonly className = 'FileWeight';
  readonly #layer: string;

  constructor({ name }: { name: string }) {
    super();
    this.#layer = name;
  }

  /** @throws Unreadable where the file has a weight of another shape */
  apply(asked: number[]): Tensor {
    const { name, shape, values } = waiting.get(this.#layer)!.shift()!;
    if (shape.join() !== asked.join())
      throw new Unreadable(`the weight ${name} is ${shape.join(' × ')} instead of ${asked.join(' × ')}`);
    return tensor(values, shape);
  }

  getConfig(): serialization.ConfigDict {
    return { name: this.#layer };
  }
}
serialization.registerClass(FileWeight);

/** The weights of the layers, each in the order in which tfjs-layers asks for them. */
function pickWeights(layers: readonly Layer[], weights: FileWeights): LayerWeight[][] {
  /** By the last two parts of their names: what stands before them are names of models around. */
  const byEnd = new Map<string, string>();
  for (const name of weights.keys()) byEnd.set(name.split('/').slice(-2).join('/'), name);
  return layers.map((layer) =>
    layer.weights.map((role) => {
      const name = `${layer.name}/${role}`;
      const weight = weights.get(name) ?? weights.get(byEnd.get(name) ?? '');
      if (weight === undefined) throw new Unreadable(`the weight ${name} is missing`);
      return { name, ...weight };
    }),
  );
}

/** As the loader reads it. Its layers have names of ours: some of the file's may be keys of every object. */
function writeTopology({ input, layers }: Topology, nameAt: (place: number) => string): object {
  const sources = (places: readonly number[]) => places.map((place) => [nameAt(place), 0, 0]);
  const initialisers = ({ weights }: Layer, name: string): Record<string, object> => {
    const initialiser = { class_name: FileWeight.className, config: { name } };
    const keys = weights.map((role) => `${role.replace('_kernel', '')}_initializer`);
    return Object.fromEntries(keys.map((key) => [key, initialiser]));
  };
  return {
    class_name: 'Model',
    config: {
      name: 'network',
      layers: [
        {
          class_name: 'InputLayer',
          name: nameAt(-1),
          // Of a batch of one: Reshape does not look at the sizes of a batch of any.
          config: { name: nameAt(-1), batch_input_shape: [1, ...input] },
          inbound_nodes: [],
        },
        ...layers.map((layer, place) => ({
          class_name: layer.className,
          name: nameAt(place),
          config: {
            ...layer.config,
            name: nameAt(place),
            ...initialisers(layer, nameAt(place)),
          },
          inbound_nodes: [sources(layer.inputs)],
        })),
      ],
      input_layers: sources([-1]),
      output_layers: sources([layers.length - 1]),
    },
  };
}

/** What shows only once the loader knows the shapes. @throws Unreadable */
function checkShapes(model: LayersModel, { layers }: Topology, nameAt: (place: number) => string): void {
  layers.forEach(({ name, config }, place) => {
    const shape = (model.getLayer(nameAt(place)).outputShape as (number | null)[]).slice(1);
    if (!shape.every((length) => Number.isInteger(length) && length! >= 1))
      throw new Unreadable(`${name} leaves nothing of the pictures`);
    const numbers = (shape as number[]).reduce((product, length) => product * length, 1);
    if (numbers > MAX_NUMBERS)
      throw new Unreadable(`${name} makes ${numbers} numbers of a picture; the limit is ${MAX_NUMBERS}`);
    const { axis = -1 } = config;
    if (axis !== -1 && axis !== shape.length)
      throw new Unreadable(`${name} works along another axis than the last`);
    if (place === layers.length - 1 && shape.length !== 1)
      throw new Unreadable(`it gives ${shape.join(' × ')} numbers, not one for each class`);
  });
}

/** What tfjs-layers says, with the names that the layers have in the file. */
function translate(message: string, { layers }: Topology, prefix: string): string {
  return message.replace(
    new RegExp(`${prefix}(\\d+)`, 'g'),
    (_, place) => layers[Number(place) - 1]?.name ?? 'its input',
  );
}

let files = 0;

/**
 * @returns a model that takes batches of any size, whatever it says; its disposal lets go of the weights
 * @throws Unreadable
 */
export async function loadModel(topology: Topology, weights: FileWeights): Promise<LayersModel> {
  const prefix = `file${files++}_`;
  const nameAt = (place: number): string => `${prefix}${place + 1}`;
  pickWeights(topology.layers, weights).forEach((ofLayer, place) => waiting.set(nameAt(place), ofLayer));
  try {
    const modelTopology = writeTopology(topology, nameAt);
    const model = await loadLayersModel(io.fromMemory({ modelTopology }));
    checkShapes(model, topology, nameAt);
    return model;
  } catch (thrown) {
    // A loader that gives up keeps the weights that its layers had by then.
    for (const [name, variable] of Object.entries(engine().registeredVariables))
      if (name.startsWith(prefix)) variable.dispose();
    if (thrown instanceof Unreadable) throw thrown;
    const said = translate(thrown instanceof Error ? thrown.message : String(thrown), topology, prefix);
    throw new Unreadable(`its layers do not fit together (${said})`, { cause: thrown });
  } finally {
    topology.layers.forEach((_, place) => waiting.delete(nameAt(place)));
  }
}
