/** Pictures in the dense codec. */
import { LabError } from '../../../errors.ts';
import type { DenseFamily } from '../family.ts';

export const densePictures: DenseFamily = {
  fit: () => Promise.reject(new LabError('INTERNAL', 'Not built yet.')),
  open: () => {
    throw new LabError('INTERNAL', 'Not built yet.');
  },
};
