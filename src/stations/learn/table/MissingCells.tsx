import { formatCount, formatPlural } from '../../../ui/format.ts';
import { useLab } from '../../useLab.ts';
import { WayButton } from './ObstacleNotice.tsx';

/** What missing cells cost the training, with the alternative one click away. */
export function MissingCells() {
  const result = useLab(({ learn }) => learn.full.closedForm.value ?? learn.condensed.closedForm.value);
  const trainRows = useLab(({ bits }) => bits.value?.trainRows ?? null);
  const missing = useLab(({ settings }) => settings.missing);
  if (result === null) return null;
  const { leftOut, filled } = result;
  const of = trainRows === null ? 'training records' : `of ${formatCount(trainRows)} training records`;
  if (missing === 'leave-out' && leftOut > 0) {
    return (
      <p className="learn-missing">
        {formatCount(leftOut)} {of} {leftOut === 1 ? 'was' : 'were'} left out for missing cells.{' '}
        <WayButton way={{ label: 'Fill them with the training mean', change: { missing: 'fill' } }} />
      </p>
    );
  }
  if (missing === 'fill' && filled > 0) {
    return (
      <p className="learn-missing">
        Missing cells of {formatPlural(filled, 'training record')} were filled with the training mean.{' '}
        <WayButton way={{ label: 'Leave these records out', change: { missing: 'leave-out' } }} />
      </p>
    );
  }
  return null;
}
