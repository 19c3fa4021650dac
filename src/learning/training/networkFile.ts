/** A trained network as a file: a zip of model.json and weights.bin, which tfjs reads. */
import { getBackend } from '@tensorflow/tfjs-core';
import { zipSync } from 'fflate';
import type { MadeFile } from '../../contracts/codec.ts';
import type { Checkpoint } from '../../contracts/training.ts';
import { planNetwork } from '../../core/networks/plan.ts';
import { useCpuBackend } from '../backends/cpu.ts';

/** Any moment: the same network is the same bytes. */
const ZIP_TIME = new Date(2000, 0, 1);

/** A name as part of a file name that every system takes. */
function fileName(name: string): string {
  const plain = name
    .normalize('NFKC')
    .replace(/[^\p{L}\p{N}._-]+/gu, '-')
    .slice(0, 60)
    .replace(/^[-.]+|[-.]+$/g, '');
  return plain === '' ? 'pictures' : plain;
}

export async function networkFile({
  pictures,
  settings,
  epoch,
  weights,
}: Pick<Checkpoint, 'pictures' | 'settings' | 'epoch' | 'weights'>): Promise<MadeFile> {
  const { datasetName, width, height, channels, classNames, mean, deviation } = pictures;
  const plan = planNetwork(settings.network, { width, height, channels }, classNames.length, settings.width);
  // Where nothing has been trained since the page was opened, the weights still need somewhere to lie.
  if (!getBackend()) await useCpuBackend();
  // tfjs-layers is large and seldom needed.
  const { exportModel } = await import('../layersModel/exportModel.ts');
  const { json, weights: bytes } = await exportModel(plan, weights, { mean, deviation, classNames });
  const zip = zipSync(
    { 'model.json': new TextEncoder().encode(json), 'weights.bin': bytes },
    { level: 0, mtime: ZIP_TIME },
  );
  return {
    name: `${fileName(datasetName)}-${settings.network}-epoch-${epoch}.tfjs.zip`,
    file: new Blob([zip], { type: 'application/zip' }),
  };
}
