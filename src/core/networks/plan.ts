/** A network for given pictures: its layers, checked against the shapes that pass through them, and what they cost. */
import { LabError } from '../errors.ts';
import {
  NETWORK_WIDTHS,
  type InputShape,
  type NetworkDesign,
  type NetworkPlan,
  type NetworkWidth,
} from './network.ts';
import { NETWORKS } from './registry.ts';
import { ShapeMisfit, sizeOf, walkLayers, weightSpecs, type LayerStep } from './walk.ts';

/** Weights, gradients and velocities take three times four bytes each: beyond this they fit no browser's worker. */
const MAX_PARAMETERS = 128 * 1024 * 1024;
/** Longest side that is tried when the least size is looked for. */
const MAX_LEAST_SIDE = 1024;

const shapeOf = ({ height, width, channels }: InputShape): number[] => [height, width, channels];

/** The steps of a plan's layers, with the shapes of its pictures. */
export function planSteps(plan: Pick<NetworkPlan, 'layers' | 'input'>): LayerStep[] {
  return walkLayers(plan.layers, shapeOf(plan.input));
}

function checkWhole(what: string, value: number, least: number): void {
  if (!Number.isSafeInteger(value) || value < least) {
    throw new LabError(
      'SETTING_OUT_OF_RANGE',
      `${what} is ${value}; it has to be a whole number from ${least}.`,
    );
  }
}

/** Whether pictures of this size pass through. */
function fits(design: NetworkDesign, input: InputShape, classes: number, width: NetworkWidth): boolean {
  try {
    walkLayers(design.layers(input, classes, width), shapeOf(input));
    return true;
  } catch (thrown) {
    if (thrown instanceof ShapeMisfit) return false;
    throw thrown;
  }
}

/** The refusal of pictures that are too small, with the least square that is not. */
function tooSmall(design: NetworkDesign, input: InputShape, classes: number, width: NetworkWidth): LabError {
  let side = 1;
  while (side < MAX_LEAST_SIDE && !fits(design, { ...input, width: side, height: side }, classes, width))
    side++;
  return new LabError(
    'NETWORK_PICTURES_TOO_SMALL',
    `${design.label} cannot take pictures of ${input.width} × ${input.height} pixels: it needs ${side} × ${side} at least.`,
  );
}

/** Multiplications of one layer, each with its addition; those of pooling and normalisation are not counted. */
function multiplyAddsOf({ layer, input, output }: LayerStep): number {
  if (layer.kind === 'conv') return sizeOf(output) * layer.size * layer.size * input[2];
  if (layer.kind === 'dense') return input[0] * layer.units;
  return 0;
}

/**
 * The network of this name for pictures of this shape.
 *
 * @param name of a registered network
 * @param shape of the pictures, in pixels and channels
 * @param classes number of classes, 2 at least
 * @param width channels of the first stage; of no account for a network without widths
 * @throws NETWORK_UNKNOWN, NETWORK_PICTURES_TOO_SMALL, SETTING_OUT_OF_RANGE, and TRAINING_OUT_OF_MEMORY where the
 * weights alone would be too many
 */
export function planNetwork(
  name: string,
  shape: InputShape,
  classes: number,
  width: NetworkWidth,
): NetworkPlan {
  const design = NETWORKS.byName(name);
  checkWhole('The width of the pictures', shape.width, 1);
  checkWhole('Their height', shape.height, 1);
  checkWhole('The number of channels', shape.channels, 1);
  checkWhole('The number of classes', classes, 2);
  if (design.hasWidth && !NETWORK_WIDTHS.includes(width)) {
    throw new LabError(
      'SETTING_OUT_OF_RANGE',
      `${design.label} comes in the widths ${NETWORK_WIDTHS.join(', ')}, not ${width}.`,
    );
  }
  const input: InputShape = { width: shape.width, height: shape.height, channels: shape.channels };
  const layers = design.layers(input, classes, width);
  let steps: LayerStep[];
  try {
    steps = walkLayers(layers, shapeOf(input));
  } catch (thrown) {
    if (thrown instanceof ShapeMisfit) throw tooSmall(design, input, classes, width);
    throw thrown;
  }
  let parameters = 0;
  for (const spec of weightSpecs(steps)) if (spec.trainable) parameters += sizeOf(spec.shape);
  if (parameters > MAX_PARAMETERS) {
    throw new LabError(
      'TRAINING_OUT_OF_MEMORY',
      `${design.label} has ${parameters} parameters for pictures of ${input.width} × ${input.height} pixels; the limit is ${MAX_PARAMETERS}.`,
    );
  }
  return {
    name: design.name,
    width: design.hasWidth ? width : null,
    input,
    classes,
    layers,
    parameters,
    multiplyAdds: steps.reduce((sum, step) => sum + multiplyAddsOf(step), 0),
  };
}
