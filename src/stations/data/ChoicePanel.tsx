import { Button, Panel } from '../../ui/controls/index.ts';
import { formatBytes, formatCount, formatPlural } from '../../ui/format.ts';
import type { TableChoice } from '../lab/data.ts';
import { useLabParts } from '../useLab.ts';

/** Most tables that are offered by themselves. */
const MOST_SHOWN = 24;

/** Several tables were given: which of them is opened is not for the lab to say. */
export function ChoicePanel() {
  const { choice, openFound, forgetChoice } = useLabParts((lab) => ({
    choice: lab.choice,
    openFound: lab.openFound,
    forgetChoice: lab.forgetChoice,
  }));
  if (choice === null) return null;
  const { tables, pair, contradiction } = choice.found;
  const more = tables.length - MOST_SHOWN;
  return (
    <Panel title="Which table?" caption={`${formatPlural(tables.length, 'table')} were found`}>
      <div className="openings">
        {pair !== null && <PairChoice choice={choice} pair={pair} onOpen={openFound} />}
        {contradiction !== null && <p>{contradiction}</p>}
        <p>{pair === null ? 'One table is opened at a time.' : 'Or open one of them by itself:'}</p>
        <ul className="openings-tables">
          {tables.slice(0, MOST_SHOWN).map(({ path, bytes }, number) => (
            <li key={number}>
              <Button onPress={() => void openFound(number)}>Open {path}</Button>{' '}
              <span className="soft small">{formatBytes(bytes)}</span>
            </li>
          ))}
        </ul>
        {more > 0 && (
          <p className="soft small">And {formatCount(more)} more. Drop the one that is meant by itself.</p>
        )}
        <Button variant="quiet" onPress={forgetChoice}>
          Open none of them
        </Button>
      </div>
    </Panel>
  );
}

interface PairChoiceProps {
  choice: TableChoice;
  pair: NonNullable<TableChoice['found']['pair']>;
  onOpen: (train: number, test: number) => Promise<void>;
}

/** Two tables with the same columns, as training and test records; either way round where names do not tell. */
function PairChoice({ choice, pair: { train, test, isNamed }, onOpen }: PairChoiceProps) {
  const { tables } = choice.found;
  const button = (first: number, second: number) => (
    <Button variant={first === train ? 'primary' : 'plain'} onPress={() => void onOpen(first, second)}>
      Train on {tables[first].path}, test on {tables[second].path}
    </Button>
  );
  return (
    <>
      <p>
        {tables[train].path} and {tables[test].path} have the same columns. They can be opened as training
        records and test records of one dataset.
      </p>
      <div className="openings-pair">
        {button(train, test)}
        {!isNamed && button(test, train)}
      </div>
    </>
  );
}
