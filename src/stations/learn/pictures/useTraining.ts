import { useMemo } from 'react';
import type { ImagesState } from '../../lab/pictures.ts';
import { useLab, useLabParts } from '../../useLab.ts';
import { epochFacts, plannedNetwork, type PicturesShape, type Planned } from './trainingChoices.ts';

/** Training pictures of what is open: those of the archive, which follows the split that is set, else the summary's. */
function trainRecordsOf({ archive, dataset }: ImagesState): number | null {
  if (archive.value !== null && !archive.stale) return archive.value.trainRecords;
  return dataset.value?.classes.reduce((sum, { train }) => sum + train, 0) ?? null;
}

/** The shape of the open pictures; null while there are none. */
export function usePicturesShape(): PicturesShape | null {
  const summary = useLab((lab) => lab.images.dataset.value);
  return useMemo(() => {
    if (summary === null) return null;
    const { width, height, channels, classes } = summary;
    return { width, height, channels, classes: classes.length };
  }, [summary]);
}

/** The chosen network for the open pictures; null while there are none. */
export function usePlannedNetwork(): Planned | null {
  const shape = usePicturesShape();
  const { network, width } = useLabParts(({ images }) => ({
    network: images.training.settings.network,
    width: images.training.settings.width,
  }));
  return useMemo(
    () => (shape === null ? null : plannedNetwork(network, shape, width)),
    [shape, network, width],
  );
}

/** What an epoch of the settings is, and whether there is anything to train. */
export function useEpoch(): { trainRecords: number | null; canTrain: boolean } {
  const planned = usePlannedNetwork();
  const { trainRecords, settings } = useLabParts(({ images }) => ({
    trainRecords: trainRecordsOf(images),
    settings: images.training.settings,
  }));
  const hasPictures = trainRecords !== null && epochFacts(settings, trainRecords).pictures > 0;
  return { trainRecords, canTrain: planned !== null && planned.error === null && hasPictures };
}

const NO_NAMES: readonly string[] = [];

/** Names of the classes of the open pictures, by number. */
export function useClassNames(): readonly string[] {
  const classes = useLab((lab) => lab.images.dataset.value?.classes);
  return useMemo(() => classes?.map(({ name }) => name) ?? NO_NAMES, [classes]);
}
