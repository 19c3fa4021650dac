/**
 * The lab's own codec beside the paper's: one model that all records of the archive share, read once, and every record
 * entropy-coded under it in a stream that opens alone. It has no bases, so what the paper reads from them is not to be
 * had here; in return archives are smaller.
 */
import type { Codec, CodecMeta, RecordKind } from '../codec.ts';
import { stored } from '../codec.ts';
import type { DenseFamily, DenseModel, RecordForm } from './family.ts';
import { densePictures } from './pictures/index.ts';
import { DENSE_SECTIONS, MODEL } from './sections.ts';
import { measureStreams } from './measure.ts';
import { encodeStreams, openStreams } from './streams.ts';
import { denseStrings } from './text/strings.ts';
import { denseTables } from './tables/index.ts';

export const denseMeta: CodecMeta = {
  name: 'dense',
  id: 4,
  label: 'Dense (the lab’s own)',
  sentence:
    'One model that all records share, and each record coded under it in as few bits as it is worth. Archives are smaller and records still open alone; it is slower, and without bases there is nothing of what the paper reads from them.',
  bases: null,
  condenser: 'clusters',
  takesPixels: true,
  hasEffort: true,
  // CIFAR-10; tables fit in half the time and are encoded at three times the speed.
  speed: { fitSeconds: 8, megabytesPerSecond: 13 },
};

const familyOf = ({ of }: RecordKind): DenseFamily => (of === 'table' ? denseTables : densePictures);

/** A model is opened once for all tables of an archive that are like each other. */
const opened = new WeakMap<Uint8Array, { form: string; model: DenseModel }>();

function modelOf(bytes: Uint8Array, kind: RecordKind, form: RecordForm): DenseModel {
  const key = JSON.stringify([kind.of, form.picture, form.layout.lanes.map(({ width }) => width)]);
  const known = opened.get(bytes);
  if (known?.form === key) return known.model;
  const model = familyOf(kind).open(bytes, form);
  opened.set(bytes, { form: key, model });
  return model;
}

export const dense: Codec = {
  meta: denseMeta,
  sections: DENSE_SECTIONS,
  strings: denseStrings,
  fitArchive: (training, { effort = 'fast' }, pulse) => familyOf(training).fit(training, effort, pulse),
  fit(train, { shared }) {
    const model = modelOf(shared!, train, train);
    return Promise.resolve({
      sections: [],
      bases: null,
      encode: (group, blockBytes, pulse) => encodeStreams(model, group, blockBytes, pulse),
    });
  },
  open(from) {
    const layout = from.layout();
    const model = modelOf(stored(from.archive, MODEL), from, { layout, picture: from.picture });
    return {
      groups: from.groups.map((head) => openStreams(layout, model, head)),
      inBase: null,
      laneBits: (records, pulse) => measureStreams(model, records, layout.lanes.length, pulse),
    };
  },
};
