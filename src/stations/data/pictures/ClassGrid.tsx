import { useCallback, useMemo, useState } from 'react';
import type { ClassSummary, ImageSummary } from '../../../contracts/images.ts';
import { CompactSelect, ErrorNotice, Panel, ProgressLine, type Option } from '../../../ui/controls/index.ts';
import { formatCount, formatPlural } from '../../../ui/format.ts';
import { rowsByLabel } from '../../../ui/pictures/gridLayout.ts';
import { PictureGrid } from '../../../ui/pictures/PictureGrid.tsx';
import { PICTURE_INSPECTOR, reveal } from '../../reveal.ts';
import { useLabParts } from '../../useLab.ts';
import { Pages } from '../Pages.tsx';

/** Pictures of one class on a page: as many as are fetched at a time. */
const PER_PAGE = 60;
const ALL = 'all';

const CHOOSING = 'opens it in the inspector of the Archive station';

/** The pictures by class: the first of every class, or one class page by page. */
export function ClassGrid({ dataset }: { dataset: ImageSummary }) {
  const { page, inspectImage, goTo, showPictures } = useLabParts((lab) => ({
    page: lab.images.page,
    inspectImage: lab.inspectImage,
    goTo: lab.goTo,
    showPictures: lab.showPictures,
  }));
  const [chosen, setChosen] = useState<{ label: number; page: number } | null>(null);
  const { classes, preview } = dataset;
  const shown = chosen !== null && chosen.label < classes.length ? chosen : null;

  const rows = useMemo(
    () => rowsByLabel(preview.labels, (label) => describeClass(classes[label])),
    [preview, classes],
  );
  const options = useMemo<Option[]>(
    () => [
      { value: ALL, label: 'All classes' },
      ...classes.map((one, label) => ({ value: String(label), label: describeClass(one).name })),
    ],
    [classes],
  );

  const show = (next: { label: number; page: number } | null): void => {
    setChosen(next);
    if (next !== null) void showPictures(next.label, next.page * PER_PAGE);
  };
  const pictures = shown === null ? preview : page.value;
  const isOfClass =
    shown === null || (pictures !== null && pictures.labels.length > 0 && pictures.labels[0] === shown.label);
  const describe = useCallback(
    (index: number): string => {
      if (pictures === null) return '';
      return `${describeClass(classes[pictures.labels[index]]).name}, record ${formatCount(pictures.records[index])}`;
    },
    [pictures, classes],
  );
  const choose = (index: number): void => {
    if (pictures === null) return;
    goTo('archive');
    void inspectImage(pictures.records[index]);
    reveal(PICTURE_INSPECTOR);
  };
  const total = shown === null ? 0 : classes[shown.label].train + classes[shown.label].test;

  return (
    <Panel
      name="classes"
      title="Pictures by class"
      caption={
        shown === null
          ? `the first training pictures of ${formatPlural(classes.length, 'class', 'classes')}`
          : `${formatPlural(total, 'picture')} of ${describeClass(classes[shown.label]).name}, training and test, in their order`
      }
      actions={
        <CompactSelect
          label="Class that is shown"
          value={shown === null ? ALL : String(shown.label)}
          options={options}
          onChange={(value) => show(value === ALL ? null : { label: Number(value), page: 0 })}
        />
      }
    >
      {shown !== null && page.error !== null && (
        <ErrorNotice error={page.error} onRetry={() => show(shown)} isQuiet />
      )}
      {shown !== null && !isOfClass && page.error === null && (
        <ProgressLine progress={page.progress} label="Fetching pictures" />
      )}
      {pictures !== null && isOfClass && (
        <PictureGrid
          key={shown === null ? dataset.id : `${dataset.id} ${shown.label}`}
          label={
            shown === null
              ? 'Pictures by class, a class in each row'
              : `Pictures of ${describeClass(classes[shown.label]).name}`
          }
          pictures={pictures}
          {...(shown === null && {
            rows,
            onRow: (row: number) => show({ label: preview.labels[rows[row].from], page: 0 }),
          })}
          describe={describe}
          onChoose={choose}
          choosing={CHOOSING}
          hint={
            shown === null
              ? 'A click on a picture, or arrow keys and Enter, opens it in the inspector; a class’s name shows all of its pictures.'
              : 'A click on a picture, or arrow keys and Enter, opens it in the inspector.'
          }
        />
      )}
      {shown !== null && (
        <Pages
          words={formatPlural(total, 'picture')}
          page={shown.page}
          pages={Math.max(1, Math.ceil(total / PER_PAGE))}
          onChange={(next) => show({ label: shown.label, page: next })}
        />
      )}
    </Panel>
  );
}

/** A class's name and how many pictures it has. A folder may have a name of spaces alone. */
function describeClass({ name, train, test }: ClassSummary): { name: string; note: string } {
  return {
    name: name.trim() === '' ? '(no name)' : name,
    note: test === 0 ? formatCount(train) : `${formatCount(train)} + ${formatCount(test)} test`,
  };
}
