import type { ImageSummary, SizeCount } from '../../../contracts/images.ts';
import { Button, DataTable, Panel, RadioGroup, type TableColumn } from '../../../ui/controls/index.ts';
import { formatCount, formatPercent, formatPlural } from '../../../ui/format.ts';
import { sizeWords } from '../../../ui/pictures/words.ts';
import { SizeEffects } from './SizeEffects.tsx';
import { outcomeWords, sameSize, SIZE_RULES } from './sizes.ts';
import type { ImageDraft } from './useImageDraft.ts';

interface SizesPanelProps {
  dataset: ImageSummary;
  draft: ImageDraft;
}

/** Pictures of several sizes: how many of each, and the choice of what becomes of them. Absent where all are alike. */
export function SizesPanel({ dataset, draft }: SizesPanelProps) {
  const { sizes, sizeCount } = dataset;
  if (sizeCount < 2 || sizes.length === 0) return null;
  const size = draft.reading.size ?? { width: dataset.width, height: dataset.height };
  const rule = draft.reading.rule ?? dataset.rule ?? 'resize';
  const most = Math.max(...sizes.map(({ count }) => count), 1);
  const all = sizes.reduce((sum, { count }) => sum + count, 0);
  const columns: TableColumn<SizeCount>[] = [
    {
      id: 'size',
      header: 'Size',
      isRowHeader: true,
      cell: (one) => <span className="nowrap">{sizeWords(one)}</span>,
    },
    {
      id: 'bar',
      header: <span className="visually-hidden">Pictures as a bar</span>,
      cell: ({ count }) => (
        <span className="count-track" aria-hidden="true">
          <span className="count-bar" style={{ width: `${(count / most) * 100}%` }} />
        </span>
      ),
    },
    { id: 'count', header: 'Pictures', isNumeric: true, cell: ({ count }) => formatCount(count) },
    { id: 'share', header: 'Of these', isNumeric: true, cell: ({ count }) => formatPercent(count / all) },
    {
      id: 'use',
      header: <span className="visually-hidden">Choose</span>,
      cell: (one) =>
        sameSize(one, size) ? (
          <span className="chip">chosen</span>
        ) : (
          <Button
            isDisabled={!draft.hasFiles}
            aria-label={`Make all pictures ${sizeWords(one)}`}
            onPress={() => draft.say({ size: { width: one.width, height: one.height } })}
          >
            Choose
          </Button>
        ),
    },
  ];
  return (
    <Panel
      name="sizes"
      title="Sizes"
      caption={`${formatPlural(sizeCount, 'size')} among the pictures${sizeCount > sizes.length ? `, the ${sizes.length} most common of them below` : ''}; an archive holds pictures of one size`}
    >
      <div className="sizes">
        <DataTable
          caption="Sizes of the pictures found"
          columns={columns}
          rows={sizes}
          rowKey={sizeWords}
          maxHeight={330}
          isDense
        />
        <div>
          <RadioGroup
            label="Pictures of another size"
            value={rule}
            options={SIZE_RULES}
            isDisabled={!draft.hasFiles}
            onChange={(next) => draft.say({ rule: next })}
            hint={outcomeWords(dataset, size, rule)}
          />
        </div>
      </div>
      <SizeEffects sizes={sizes} size={size} rule={rule} />
    </Panel>
  );
}
