/**
 * The topology of a tfjs layers model, read into a list of layers in the order of computation. tfjs-layers' own reader
 * is not used: it believes every size that a file states, and never ends on layers that wait for each other.
 */
import { Unreadable, type Config } from './configuration.ts';
import type { Operation, Shape } from './operation.ts';
import { READERS } from './readers.ts';

/** One layer of the list. */
export interface Node {
  name: string;
  /** Places in the list; −1 is the input of the network. */
  inputs: number[];
  operation: Operation;
}

export interface Topology {
  name: string;
  input: Shape;
  /** The last one gives the output. */
  nodes: Node[];
}

const MAX_LAYERS = 2000;
const MAX_SIDE = 4096;
/** Most numbers that one layer may make of one picture. */
const MAX_NUMBERS = 1 << 24;
const MAX_NAME = 200;

/** A layer as it stands in the file. */
interface Written {
  name: string;
  className: string;
  config: Config;
  /** Names of the layers that it takes its input from; null where the order says it. */
  from: string[] | null;
}

/** The keys of a JSON object; none is ever looked up on the object itself. */
export function keysOf(value: unknown, what: string): Config {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Unreadable(`${what} is missing or not an object`);
  return new Map(Object.entries(value));
}

function textOf(value: unknown, what: string): string {
  if (typeof value !== 'string' || value === '' || value.length > MAX_NAME)
    throw new Unreadable(`${what} is missing or not a name`);
  return value;
}

function listOf(value: unknown, what: string): unknown[] {
  if (!Array.isArray(value) || value.length > MAX_LAYERS)
    throw new Unreadable(`${what} is missing or longer than ${MAX_LAYERS}`);
  return value;
}

/** Names in [[["conv1", 0, 0, {}], …]]: one call of the layer, on the first output of others. */
function inboundNames(value: unknown, name: string): string[] {
  const calls = listOf(value ?? [], `the input of ${name}`);
  if (calls.length === 0) return [];
  if (calls.length > 1) throw new Unreadable(`${name} is used more than once`);
  return listOf(calls[0], `the input of ${name}`).map((one) => {
    if (!Array.isArray(one) || one[1] !== 0 || one[2] !== 0)
      throw new Unreadable(`the input of ${name} is written in a way that is not known here`);
    return textOf(one[0], `the input of ${name}`);
  });
}

function readLayer(value: unknown, isSequential: boolean): Written {
  const keys = keysOf(value, 'a layer');
  const config = keysOf(keys.get('config'), 'the configuration of a layer');
  const name = textOf(config.get('name') ?? keys.get('name'), 'the name of a layer');
  return {
    name,
    className: textOf(keys.get('class_name'), `the kind of ${name}`),
    config,
    from: isSequential ? null : inboundNames(keys.get('inbound_nodes'), name),
  };
}

/** Height, width and channels; stated of the batch, which comes first. */
function inputShape(config: Config): Shape {
  const stated = config.get('batch_input_shape') ?? config.get('batch_shape');
  if (
    !Array.isArray(stated) ||
    stated.length !== 4 ||
    !stated.slice(1).every((n) => Number.isInteger(n) && n >= 1 && n <= MAX_SIDE)
  )
    throw new Unreadable('it does not say that it takes pictures of one size');
  return stated.slice(1) as number[];
}

/** The one layer that a list of inputs or outputs names: [["conv1", 0, 0]], or ["conv1", 0, 0]. */
function onlyName(value: unknown, what: string): string {
  const list = listOf(value, what);
  if (typeof list[0] === 'string') return list[0];
  if (list.length !== 1 || !Array.isArray(list[0])) throw new Unreadable(`it has more than one ${what}`);
  return textOf(list[0][0], what);
}

function makeOperation(layer: Written, inputs: readonly Shape[]): Operation {
  const reader = READERS.get(layer.className);
  if (reader === undefined)
    throw new Unreadable(`${layer.name} is a ${layer.className.slice(0, 60)}, which is not known here`);
  const format = layer.config.get('data_format') ?? 'channels_last';
  if (format !== 'channels_last' && format !== 'channelsLast')
    throw new Unreadable(`${layer.name} has its channels first`);
  let operation: Operation;
  try {
    operation = reader(layer.config, inputs);
  } catch (thrown) {
    if (thrown instanceof Unreadable) throw new Unreadable(`${layer.name} ${thrown.message}`);
    throw thrown;
  }
  const numbers = operation.output.reduce((product, length) => product * length, 1);
  if (!(numbers <= MAX_NUMBERS))
    throw new Unreadable(`${layer.name} makes ${numbers} numbers of a picture; the limit is ${MAX_NUMBERS}`);
  return operation;
}

/**
 * @param value the "modelTopology" of a model.json
 * @throws Unreadable
 */
export function readTopology(value: unknown): Topology {
  const outer = keysOf(value, 'its topology');
  const model = outer.has('model_config') ? keysOf(outer.get('model_config'), 'its topology') : outer;
  const className = textOf(model.get('class_name'), 'its kind');
  const isSequential = className === 'Sequential';
  if (!isSequential && className !== 'Model' && className !== 'Functional')
    throw new Unreadable(`it is a ${className.slice(0, 60)}, not a Sequential or functional model`);
  const bare = model.get('config');
  const config = Array.isArray(bare)
    ? new Map<string, unknown>([['layers', bare]])
    : keysOf(bare, 'its topology');
  const layers = listOf(config.get('layers'), 'its list of layers').map((one) =>
    readLayer(one, isSequential),
  );
  if (layers.length === 0) throw new Unreadable('it has no layers');

  const first = isSequential
    ? layers[0]
    : layers.find(({ name }) => name === onlyName(config.get('input_layers'), 'input'));
  if (first === undefined) throw new Unreadable('its input is not among its layers');
  const input = inputShape(first.config);
  const nodes: Node[] = [];
  /** Place of a layer's output in the list, by the layer's name. */
  const places = new Map<string, number>();
  const shapeAt = (place: number): Shape => (place < 0 ? input : nodes[place].operation.output);
  for (const layer of layers) {
    if (places.has(layer.name)) throw new Unreadable(`two of its layers are called ${layer.name}`);
    if (layer.className === 'InputLayer') {
      if (layer !== first) throw new Unreadable('it has more than one input');
      places.set(layer.name, -1);
      continue;
    }
    const inputs = (layer.from ?? []).map((name) => {
      const place = places.get(name);
      if (place === undefined) throw new Unreadable(`${layer.name} waits for ${name}, which comes after it`);
      return place;
    });
    if (isSequential) inputs.push(nodes.length - 1);
    nodes.push({ name: layer.name, inputs, operation: makeOperation(layer, inputs.map(shapeAt)) });
    places.set(layer.name, nodes.length - 1);
  }
  const last = isSequential
    ? nodes.length - 1
    : (places.get(onlyName(config.get('output_layers'), 'output')) ?? -1);
  if (last < 0) throw new Unreadable('its output is not among its layers');
  const name = config.get('name');
  return {
    name: typeof name === 'string' && name !== '' ? name.slice(0, MAX_NAME) : 'network',
    input,
    nodes: nodes.slice(0, last + 1),
  };
}
