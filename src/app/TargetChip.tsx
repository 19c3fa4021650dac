import type { Key } from 'react';
import { Button as AriaButton } from 'react-aria-components/Button';
import { Header as MenuHeader } from 'react-aria-components/Header';
import { Menu, MenuItem, MenuSection, MenuTrigger } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import { Text } from 'react-aria-components/Text';
import type { TargetSuggestion } from '../contracts/codec.ts';
import { TABLE_SETTINGS } from '../contracts/settings.ts';
import { leakWords } from '../stations/leakWords.ts';
import { useStanding } from '../stations/settings/Governed.tsx';
import { useLabParts } from '../stations/useLab.ts';
import { CheckIcon, ChevronIcon, WarningIcon } from '../ui/controls/index.ts';

/** Columns in the menu; the question lists the others. */
const MOST_LISTED = 40;
/** Keys of what is no column: every other key has a letter in front of the name. */
const NOTHING = 'nothing';
const QUESTION = 'question';
const COLUMN = 'column:';

/** What is predicted, beside the dataset's name on every station: one press to change it. */
export function TargetChip() {
  const { dataset, kind, target, isAsked, leak, answerTarget, askTarget } = useLabParts((lab) => ({
    dataset: lab.dataset.value,
    kind: lab.kind,
    target: lab.settings.target,
    isAsked: lab.asksTarget,
    leak: lab.examined.stale ? undefined : lab.examined.value?.leaks[0],
    answerTarget: lab.answerTarget,
    askTarget: lab.askTarget,
  }));
  const isFixed = useStanding(TABLE_SETTINGS.of('target').key ?? 'target') === 'locked';
  if (dataset === null || kind === 'images') return null;
  const isOpen = target === null && isAsked;
  const able = new Set(dataset.columns.flatMap(({ name, targetEligible }) => (targetEligible ? [name] : [])));
  const offered = dataset.targets.filter(({ column, rank }) => able.has(column) && rank !== 'unlikely');
  const listed = offered.slice(0, MOST_LISTED);

  function choose(key: Key): void {
    const name = String(key);
    if (name === QUESTION) askTarget();
    else if (name === NOTHING) answerTarget(null);
    else answerTarget(name.slice(COLUMN.length));
  }

  const section = (title: string, some: readonly TargetSuggestion[]) =>
    some.length > 0 && (
      <MenuSection className="menu-section">
        <MenuHeader className="menu-header">{title}</MenuHeader>
        {some.map(({ column, reason }) => (
          <MenuItem
            key={column}
            id={COLUMN + column}
            textValue={column}
            className="list-item menu-item target-item"
          >
            <span className="list-check">
              <CheckIcon />
            </span>
            <Text slot="label">{column}</Text>
            <Text slot="description" className="list-description">
              {reason}
            </Text>
          </MenuItem>
        ))}
      </MenuSection>
    );

  return (
    <MenuTrigger>
      <AriaButton
        className={isOpen ? 'button target-chip target-chip-open' : 'button target-chip'}
        isDisabled={isFixed && !isOpen}
      >
        {leak !== undefined && target !== null && (
          <span className="target-leak" title={leakWords(leak, target)}>
            <WarningIcon />
            <span>leak:</span>
          </span>
        )}
        <span className="dataset-name">
          {isOpen ? (
            'What should be predicted?'
          ) : target === null ? (
            'Nothing predicted'
          ) : (
            <>
              Predicting <strong>{target}</strong>
            </>
          )}
        </span>
        {!isOpen && <span className="target-change">· {isFixed ? 'fixed by the link' : 'change'}</span>}
        <ChevronIcon />
      </AriaButton>
      <Popover className="popover menu-popover" placement="bottom start" offset={4}>
        <Menu
          className="list-box"
          aria-label="What should be predicted?"
          selectionMode="single"
          selectedKeys={target !== null ? [COLUMN + target] : isAsked ? [] : [NOTHING]}
          onAction={choose}
        >
          {section(
            'Likely',
            listed.filter(({ rank }) => rank === 'likely'),
          )}
          {section(
            'Other columns',
            listed.filter(({ rank }) => rank !== 'likely'),
          )}
          <MenuSection className="menu-section" aria-label="More">
            <MenuItem id={NOTHING} textValue="Only compress" className="list-item menu-item">
              <Text slot="label">Only compress: predict nothing</Text>
            </MenuItem>
            <MenuItem id={QUESTION} textValue="All columns, with reasons" className="list-item menu-item">
              <Text slot="label">All columns, with reasons…</Text>
            </MenuItem>
          </MenuSection>
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
