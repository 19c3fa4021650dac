import { formatPlural } from '../../../ui/format.ts';
import { networkWords } from '../../training/words.ts';
import { widthOf } from '../../../contracts/training.ts';
import { useLabParts } from '../../useLab.ts';

/** What Train will do, before it has been pressed. */
export function NothingTrained() {
  const { archive, settings } = useLabParts(({ images }) => ({
    archive: images.archive,
    settings: images.training.settings,
  }));
  return (
    <>
      <p>
        No network has been trained on these pictures yet. <b>Train</b> makes{' '}
        {networkWords(settings.network, widthOf(settings))} learn from them for{' '}
        {formatPlural(settings.epochs, 'epoch')}, tests it after each and shows the result here; how long that
        takes is known after the first epoch. Train <b>Full</b> as well to see what a share of the pictures
        costs.
      </p>
      {archive.value === null && (
        <p>
          {archive.status === 'running'
            ? 'The archive is being made; training from it begins when it is there.'
            : 'There is no archive of these pictures yet: dreaMLearning makes it first, the other methods do not need it.'}
        </p>
      )}
    </>
  );
}
