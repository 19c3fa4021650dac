/** The opening's live picture: what is open, drawn as its results come in. */
import { useLab, useLabParts } from '../useLab.ts';
import { useShipped } from '../training/shipped.ts';
import {
  imagesPicture,
  isComplete,
  pictureWords,
  tablePicture,
  type Bar,
  type Measure,
  type Picture,
} from './picture.ts';

export function StartPicture() {
  return useLab((lab) => lab.kind) === 'images' ? <OfImages /> : <OfTable />;
}

function OfTable() {
  const shown = useLabParts(({ settings, asksTarget, dataset, bits, archive, learn }) => ({
    ...{ settings, asksTarget, dataset, bits, archive },
    full: learn.full.closedForm,
    condensed: learn.condensed.closedForm,
  }));
  return <Figure picture={tablePicture(shown)} />;
}

function OfImages() {
  const shipped = useShipped();
  const { dataset, archive, runs, selected } = useLabParts(({ images }) => ({
    ...{ dataset: images.dataset, archive: images.archive },
    ...{ runs: images.training.runs, selected: images.training.selected },
  }));
  return <Figure picture={imagesPicture({ dataset, archive, training: { runs, selected }, shipped })} />;
}

function Figure({ picture }: { picture: Picture }) {
  const { name, about, measures } = picture;
  const isOpening = useLab(
    ({ dataset, images }) => dataset.status === 'running' || images.dataset.status === 'running',
  );
  return (
    <figure className="start-picture">
      <figcaption>
        {name !== null && (
          <>
            <strong>{name}</strong>,{' '}
          </>
        )}
        {about}
        {name !== null && isOpening && ' Another dataset is being opened…'}
      </figcaption>
      <div className="start-measures" role="img" aria-label={pictureWords(picture)}>
        {measures.map((measure) => (
          <MeasureView key={measure.id} measure={measure} />
        ))}
      </div>
      <p className="visually-hidden" role="status">
        {name !== null && isComplete(picture) ? `The picture of ${name} is complete.` : ''}
      </p>
    </figure>
  );
}

/** Characters of the longest value in figures; one in words is set smaller. */
const LONGEST_FIGURE = 9;

function MeasureView({ measure }: { measure: Measure }) {
  const { id, value, of, waiting, whole, part, role } = measure;
  return (
    <div className={`measure measure-of-${id}`}>
      <p className="measure-head">
        {value === null ? (
          <span className="measure-waiting">{waiting}</span>
        ) : (
          <b className={`role-${role}${value.length > LONGEST_FIGURE ? ' measure-words' : ''}`}>{value}</b>
        )}
        <span>{of}</span>
      </p>
      <BarView bar={whole} colour="full" />
      <BarView bar={part} colour={role} />
    </div>
  );
}

function BarView({ bar, colour }: { bar: Bar; colour: Measure['role'] | 'full' }) {
  const { label, amount, length } = bar;
  return (
    <div className="measure-bar">
      <span className="measure-label">
        <span>{label}</span>
        <span>{amount}</span>
      </span>
      <span className="measure-track keeps-colour">
        {length !== null && (
          <span
            className={`measure-fill measure-${colour}`}
            style={{ width: `${Math.min(100, 100 * length)}%` }}
          />
        )}
      </span>
    </div>
  );
}
