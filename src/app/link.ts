/** The lab as a link says it. */
import { sampleIdOf } from '../contracts/gallery.ts';
import { emptyExperiment, type LinkedExperiment } from '../contracts/link.ts';
import type { LabState } from '../stations/lab.ts';
import { imagesForLink } from './pictures/link.ts';
import { tableForLink } from './tables/link.ts';

/** The open dataset. An archive of a sample is the sample: a link should not ask for its file. */
function dataForLink({ kind, dataset, images }: LabState): LinkedExperiment['data'] {
  const { value: open } = kind === 'images' ? images.dataset : dataset;
  if (open === null) return null;
  const sample = sampleIdOf(open);
  return sample !== null
    ? { kind: 'sample', id: sample }
    : { kind: 'dataset', datasetId: open.id, fileName: open.fileName };
}

export function labForLink(lab: LabState, appVersion: string): LinkedExperiment {
  const { kind, station, paperTable, view } = lab;
  const data = dataForLink(lab);
  return {
    ...emptyExperiment(),
    data,
    ...(kind === 'images' ? imagesForLink(lab) : tableForLink(lab, data?.kind === 'sample')),
    station,
    paperTable,
    view,
    app: appVersion,
  };
}
