import type { ColumnDecision, ColumnSummary, ColumnType } from '../../../contracts/codec.ts';
import { CompactSelect } from '../../../ui/controls/index.ts';
import { typeSaid, withType } from './readingChoices.ts';
import type { ReadingDraft } from './useReadingDraft.ts';

const FOUND = 'found';
const TYPES: readonly ColumnType[] = ['number', 'text', 'time'];

interface TypeChoiceProps {
  column: ColumnSummary;
  /** Null where nobody decided: the table comes from an archive. */
  decision: ColumnDecision | null;
  /** Null where nothing else can be said. */
  draft: ReadingDraft | null;
}

/** What a column was read as and why, and the choice to read it otherwise. */
export function TypeChoice({ column, decision, draft }: TypeChoiceProps) {
  const type = decision?.type ?? (column.kind === 'category' ? 'text' : column.kind);
  if (draft === null) {
    return (
      <>
        {type}
        <Why column={column} decision={decision} />
      </>
    );
  }
  const said = typeSaid(draft.reading, column.name);
  const found = decision !== null && !decision.chosen ? `${type}, as found` : 'as found';
  const options = [
    { value: FOUND, label: found },
    ...TYPES.filter((one) => one === said || one !== type || decision?.chosen === true).map((one) => ({
      value: one,
      label: one,
    })),
  ];
  return (
    <>
      <CompactSelect<string>
        label={`Type of ${column.name}`}
        value={said ?? FOUND}
        options={options}
        onChange={(next) => {
          const chosen = TYPES.find((one) => one === next) ?? null;
          draft.say(withType(draft.reading, column.name, chosen));
        }}
      />
      <Why column={column} decision={decision} />
    </>
  );
}

function Why({ column, decision }: Pick<TypeChoiceProps, 'column' | 'decision'>) {
  const words = [column.time, decision?.chosen === true ? 'your choice' : decision?.why].filter(
    (word) => word !== undefined && word !== null && word !== '',
  );
  return words.length > 0 && <span className="column-reason">{words.join(' · ')}</span>;
}
