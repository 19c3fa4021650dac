/** What a link says of an experiment on a table. */
import type { LinkedExperiment } from '../../contracts/link.ts';
import type { LabState } from '../../stations/lab.ts';
import { readingOf } from '../reading.ts';
import { isDefaultPlan } from './sweepPlan.ts';

/** Beyond its dataset. @param isSample whether the table is a sample of the gallery */
export function tableForLink(
  lab: LabState,
  isSample: boolean,
): Pick<LinkedExperiment, 'reading' | 'settings' | 'sweep'> {
  const { dataset, source, archives, settings, asksTarget, sweep } = lab;
  const { target, ...others } = settings;
  const testRows = dataset.value?.testRows;
  // An open question is asked again; a sample would bring its own target.
  const isOpen = target === null && asksTarget && !isSample;
  return {
    // An archive cannot be read otherwise, but the file that it was made from can be asked for.
    reading: { ...readingOf(source, archives), ...(testRows === undefined ? {} : { testRows }) },
    settings: isOpen ? others : settings,
    sweep: isDefaultPlan(lab) ? {} : sweep.plan,
  };
}
