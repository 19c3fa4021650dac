import { memo, useCallback, useMemo, useRef, type RefObject } from 'react';
import type { Evaluation } from '../../../contracts/training.ts';
import { ConfusionMap } from '../../../ui/charts/ConfusionMap.tsx';
import { ConfusionMatrix } from '../../../ui/charts/ConfusionMatrix.tsx';
import { confusionRows } from '../../../ui/charts/figureRows.ts';
import { DataTable, Panel, type TableColumn } from '../../../ui/controls/index.ts';
import { formatCount, formatPercent, formatPlural } from '../../../ui/format.ts';
import { PictureGrid } from '../../../ui/pictures/PictureGrid.tsx';
import { SaveFigure } from '../../SaveFigure.tsx';
import { greatestConfusions, recalls, type ClassRecall, type Confusion } from './confusions.ts';
import { useClassNames } from './useTraining.ts';

interface EvaluationViewProps {
  evaluation: Evaluation;
  /** Whose predictions they are. */
  of: string;
}

/** Beyond so many classes the matrix is a picture with a list, not a table. */
const MOST_IN_TABLE = 12;
/** Up to so many the matrix leaves room for what is known of every class beside it. */
const MOST_BESIDE = 6;
const MOST_CONFUSIONS = 20;

/** What a network takes the test pictures for. */
export const EvaluationView = memo(function EvaluationView({ evaluation, of }: EvaluationViewProps) {
  const names = useClassNames();
  const place = useRef<HTMLDivElement>(null);
  const classes = Math.round(Math.sqrt(evaluation.confusion.length));
  const labels = useMemo(
    () => Array.from({ length: classes }, (_, k) => names[k] ?? `class ${k}`),
    [classes, names],
  );
  const caption = `${of}${evaluation.epoch > 0 ? `, after epoch ${formatCount(evaluation.epoch)}` : ''}; ${formatPlural(evaluation.records, 'test picture')}`;
  return (
    <>
      <Panel
        name="confusion"
        title="Classes and what they are taken for"
        caption={caption}
        actions={
          <SaveFigure
            title="Confusion matrix"
            caption={caption}
            place={place}
            rows={() => confusionRows(labels, evaluation.confusion)}
            isEmpty={false}
          />
        }
      >
        {classes <= MOST_IN_TABLE ? (
          <div className="confusion-few">
            <div ref={place}>
              <ConfusionMatrix
                caption={`Confusion matrix, ${of}`}
                labels={labels}
                confusion={evaluation.confusion}
                tone="analytics"
              />
            </div>
            {classes <= MOST_BESIDE && <Recalls confusion={evaluation.confusion} labels={labels} />}
          </div>
        ) : (
          <ManyClasses evaluation={evaluation} labels={labels} of={of} place={place} />
        )}
        <p className="learn-image-note">
          A row holds the test pictures of one class, by the class that the network finds likeliest.
        </p>
      </Panel>
      {evaluation.worst.pictures.records.length > 0 && (
        <WorstPictures evaluation={evaluation} labels={labels} />
      )}
    </>
  );
});

interface ManyClassesProps extends EvaluationViewProps {
  labels: readonly string[];
  /** Where the matrix stands. */
  place: RefObject<HTMLDivElement | null>;
}

function ManyClasses({ evaluation: { confusion }, labels, of, place }: ManyClassesProps) {
  const confusions = useMemo(
    () => greatestConfusions(confusion, labels.length, MOST_CONFUSIONS),
    [confusion, labels.length],
  );
  const confusionColumns: TableColumn<Confusion>[] = [
    { id: 'true', header: 'Class', isRowHeader: true, cell: ({ actual }) => labels[actual] },
    { id: 'predicted', header: 'taken for', cell: ({ predicted }) => labels[predicted] },
    { id: 'count', header: 'Pictures', isNumeric: true, cell: ({ count }) => formatCount(count) },
    { id: 'share', header: '% of the class', isNumeric: true, cell: ({ share }) => formatPercent(share) },
  ];
  return (
    <div className="confusion-many">
      <div ref={place}>
        <ConfusionMap label={`Confusion matrix, ${of}`} labels={labels} confusion={confusion} />
      </div>
      <div className="confusion-lists">
        <DataTable
          caption="The greatest confusions"
          showCaption
          columns={confusionColumns}
          rows={confusions}
          rowKey={({ actual, predicted }) => `${actual} ${predicted}`}
          maxHeight={250}
          isDense
          empty="None: every test picture is classified correctly."
        />
        <Recalls confusion={confusion} labels={labels} />
      </div>
    </div>
  );
}

interface RecallsProps extends Pick<Evaluation, 'confusion'> {
  labels: readonly string[];
}

/** How much of every class is found. */
function Recalls({ confusion, labels }: RecallsProps) {
  const least = useMemo(() => recalls(confusion, labels.length), [confusion, labels.length]);
  const columns: TableColumn<ClassRecall>[] = [
    { id: 'class', header: 'Class', isRowHeader: true, cell: ({ label }) => labels[label] },
    { id: 'total', header: 'Pictures', isNumeric: true, cell: ({ total }) => formatCount(total) },
    { id: 'share', header: 'Found', isNumeric: true, cell: ({ share }) => formatPercent(share) },
  ];
  return (
    <DataTable
      caption="Every class, the least often recognised first"
      showCaption
      columns={columns}
      rows={least}
      rowKey={({ label }) => label}
      maxHeight={250}
      isDense
    />
  );
}

/** The test pictures with the greatest loss, each with what it is and what it is taken for. */
function WorstPictures({
  evaluation: { worst },
  labels,
}: {
  evaluation: Evaluation;
  labels: readonly string[];
}) {
  const { pictures, predicted, confidence, truth } = worst;
  const describe = useCallback(
    (index: number) => {
      const actual = labels[pictures.labels[index]] ?? '';
      const taken = labels[predicted[index]] ?? '';
      const record = `record ${formatCount(pictures.records[index])}`;
      if (pictures.labels[index] === predicted[index]) {
        return `${actual}, correct but with only ${formatPercent(confidence[index])}, ${record}`;
      }
      return `${actual}, taken for ${taken} with ${formatPercent(confidence[index])}; ${formatPercent(truth[index])} for ${actual}; ${record}`;
    },
    [labels, pictures, predicted, confidence, truth],
  );
  return (
    <Panel
      name="worst"
      title="Classified worst"
      caption={`the ${formatPlural(pictures.records.length, 'test picture')} with the greatest loss`}
    >
      <PictureGrid
        label="Test pictures that are classified worst"
        pictures={pictures}
        describe={describe}
        hint="Point at a picture to see what it is, what it is taken for, and how confidently."
      />
    </Panel>
  );
}
