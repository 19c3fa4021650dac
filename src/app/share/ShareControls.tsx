import { PAGE_TITLES } from '../headlines.ts';
import { Checkbox, CompactSelect, Disclosure } from '../../ui/controls/index.ts';
import { formatPlural } from '../../ui/format.ts';
import { withControl, type ShareChoices } from './choices.ts';
import type { ControlRow } from './controlRows.ts';

const STANDINGS = [
  { value: 'shown', label: 'shown' },
  { value: 'locked', label: 'fixed' },
  { value: 'hidden', label: 'hidden' },
] as const;

interface ShareControlsProps {
  rows: readonly ControlRow[];
  choices: ShareChoices;
  onChange: (choices: ShareChoices) => void;
}

/** Which of the page's controls the link shows, fixes or hides. */
export function ShareControls({ rows, choices, onChange }: ShareControlsProps) {
  const { station, hidesAll, controls } = choices;
  const touched = rows.filter(({ control }) => control in controls).length;
  const title = hidesAll
    ? 'Controls: all hidden'
    : touched === 0
      ? 'Controls: all shown'
      : `Controls: ${formatPlural(touched, 'is', 'are')} fixed or hidden`;
  return (
    <Disclosure title={title} isLate>
      <Checkbox
        label={`Hide all controls of ${PAGE_TITLES[station]}`}
        value={hidesAll}
        onChange={(next) => onChange({ ...choices, hidesAll: next })}
      />
      {!hidesAll && rows.length > 0 && (
        <ul className="share-controls" aria-label={`Controls of ${PAGE_TITLES[station]}`}>
          {rows.map(({ control, label }) => (
            <li key={control}>
              <span>{label}</span>
              <CompactSelect
                label={label}
                value={controls[control] ?? 'shown'}
                options={STANDINGS}
                onChange={(next) => onChange(withControl(choices, control, next))}
              />
            </li>
          ))}
        </ul>
      )}
    </Disclosure>
  );
}
