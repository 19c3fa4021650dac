/**
 * The topology of a tfjs layers model, checked: layers of known kinds in the order of computation, every one of them on
 * the way from the one input to the one output.
 */
import * as v from 'valibot';
import { check, checkList, checkName, checkObject, listOf, MAX_NAME, Unreadable } from './checking.ts';
import { checkLayer, type CheckedLayer } from './layerKinds.ts';

export interface Layer extends CheckedLayer {
  name: string;
  /** Places in the list; −1 is the input of the network. */
  inputs: number[];
}

export interface Topology {
  name: string;
  /** Height, width and channels. */
  input: [number, number, number];
  /** The last one gives the output. */
  layers: Layer[];
}

/** Most numbers that one picture may be, or become in a layer. */
export const MAX_NUMBERS = 1 << 24;
const MAX_LAYERS = 2000;
/** Of one layer; for each, tfjs-layers looks through a list of all layers. */
const MAX_INPUTS = 16;
const MAX_SIDE = 4096;

/** The first output of a layer: ["conv1", 0, 0, {}]. */
const SOURCE = v.pipe(
  v.tuple([v.string(), v.literal(0), v.literal(0)]),
  v.transform(([name]) => name),
);
/** The one layer that is the input or the output: [["conv1", 0, 0]], or ["conv1", 0, 0]. */
const END = v.union([
  SOURCE,
  v.pipe(
    v.strictTuple([SOURCE]),
    v.transform(([name]) => name),
  ),
]);
/** One call of a layer on others: [[["conv1", 0, 0, {}], …]]. */
const CALLS = v.nullish(listOf(listOf(SOURCE, MAX_INPUTS), 1), []);

const side = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MAX_SIDE));
/** Stated of the batch, which comes first. */
const PICTURES = v.pipe(
  v.strictTuple([v.unknown(), side, side, side]),
  v.transform(([, height, width, channels]): Topology['input'] => [height, width, channels]),
);

/** A layer as it stands in the file. */
interface Written {
  name: string;
  className: string;
  config: Readonly<Record<string, unknown>>;
  /** The calls that say what it takes. */
  inbound: unknown;
}

function readLayer(value: unknown): Written {
  const keys = checkObject(value, 'a layer');
  const config = checkObject(keys.config, 'the configuration of a layer');
  const name = checkName(config.name ?? keys.name, 'the name of a layer');
  const className = checkName(keys.class_name, `the kind of ${name}`);
  return { name, className, config, inbound: keys.inbound_nodes };
}

function readInput({ batch_input_shape: usual, batch_shape: other }: Written['config']): Topology['input'] {
  const input = check(PICTURES, usual ?? other, 'it does not say that it takes pictures of one size');
  const numbers = input.reduce((product, length) => product * length, 1);
  if (numbers > MAX_NUMBERS)
    throw new Unreadable(`it takes ${numbers} numbers as a picture; the limit is ${MAX_NUMBERS}`);
  return input;
}

/** The layers but for the input, each with the places of those that it waits for. */
function connect(written: readonly Written[], first: Written, isSequential: boolean): Layer[] {
  const layers: Layer[] = [];
  const places = new Map<string, number>();
  const sourcesOf = ({ name, inbound }: Written): number[] => {
    const strange = `${name} has its inputs written in a way that is not known here`;
    const [call = []] = check(CALLS, inbound, strange);
    return call.map((source) => {
      const place = places.get(source);
      if (place === undefined) throw new Unreadable(`${name} waits for ${source}, which comes after it`);
      return place;
    });
  };
  for (const layer of written) {
    const { name, className } = layer;
    if (places.has(name)) throw new Unreadable(`two of its layers are called ${name}`);
    if (className === 'InputLayer') {
      if (layer !== first) throw new Unreadable('it has more than one input');
      places.set(name, -1);
      continue;
    }
    const inputs = isSequential ? [layers.length - 1] : sourcesOf(layer);
    if (inputs.length === 0) throw new Unreadable(`${name} takes no input`);
    // tfjs-layers lets go of it too early.
    if (new Set(inputs).size < inputs.length) throw new Unreadable(`${name} takes an input twice`);
    places.set(name, layers.length);
    layers.push({ name, inputs, ...checkLayer(name, className, layer.config) });
  }
  return layers;
}

/**
 * @param value the "modelTopology" of a model.json
 * @throws Unreadable
 */
export function readTopology(value: unknown): Topology {
  const outer = checkObject(value, 'its topology');
  const model = checkObject(outer.model_config ?? outer, 'its topology');
  const className = checkName(model.class_name, 'its kind');
  const isSequential = className === 'Sequential';
  if (!isSequential && className !== 'Model' && className !== 'Functional')
    throw new Unreadable(`it is a ${className.slice(0, 60)}, not a Sequential or functional model`);
  const graph = Array.isArray(model.config)
    ? { layers: model.config as unknown }
    : checkObject(model.config, 'its topology');
  const written = checkList(
    graph.layers,
    MAX_LAYERS,
    `its list of layers is missing or longer than ${MAX_LAYERS}`,
  ).map(readLayer);
  if (written.length === 0) throw new Unreadable('it has no layers');

  const endOf = (end: unknown, what: string): Written => {
    const named = check(END, end, `it does not have one ${what}`);
    const layer = written.find(({ name }) => name === named);
    if (layer === undefined) throw new Unreadable(`its ${what} is not among its layers`);
    return layer;
  };
  const first = isSequential ? written[0] : endOf(graph.input_layers, 'input');
  const last = isSequential ? written[written.length - 1] : endOf(graph.output_layers, 'output');
  const input = readInput(first.config);
  const layers = connect(written, first, isSequential);
  if (layers.at(-1)?.name !== last.name) throw new Unreadable('its last layer is not its output');
  const needed = new Set(layers.flatMap(({ inputs }) => inputs));
  const idle = layers.slice(0, -1).find((_, place) => !needed.has(place));
  if (idle !== undefined) throw new Unreadable(`${idle.name} leads nowhere`);
  const { name } = graph;
  return {
    name: typeof name === 'string' && name !== '' ? name.slice(0, MAX_NAME) : 'network',
    input,
    layers,
  };
}
