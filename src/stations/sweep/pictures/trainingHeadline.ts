/** What the trainings at hand come to, and what has to be known beside their figures, in sentences. */
import { METHOD_METAS } from '../../../contracts/methods.ts';
import { type SubsetMethod, usesFraction } from '../../../contracts/training.ts';
import { formatPercent, formatPlural } from '../../../ui/format.ts';
import { paperResult, paperResultOf } from '../../training/paperTable.ts';
import { fullBeside, type TrainingGroup } from '../../training/results.ts';
import { fractionWords, methodLabel, methodShareWords, networkWords } from '../../training/words.ts';

/** The fraction of which the paper says most, and that the headline is about. */
const NOTED = 0.1;

const percent = (value: number) => formatPercent(value, 2);

function isFreshFromArchive(method: SubsetMethod): boolean {
  const { source, isFixed } = METHOD_METAS.byName(method);
  return source === 'archive' && !isFixed;
}

/** The group that says most: of the archive if there is one, near a tenth of the pictures. */
function notedGroup(groups: readonly TrainingGroup[]): TrainingGroup | null {
  const subsets = groups.filter(({ method, fraction }) => usesFraction(method) && fraction < 1);
  const ofArchive = subsets.filter(({ method }) => isFreshFromArchive(method));
  const candidates = ofArchive.length > 0 ? ofArchive : subsets;
  const distance = ({ fraction }: TrainingGroup) => Math.abs(Math.log(fraction / NOTED));
  return candidates.reduce<TrainingGroup | null>(
    (best, group) => (best === null || distance(group) < distance(best) ? group : best),
    null,
  );
}

/** "dreaMLearning at 10 %: 99.05 % of the test pictures right, full training 99.30 %, in 11.0 % of its time per epoch." */
export function headline(groups: readonly TrainingGroup[]): string {
  const noted = notedGroup(groups);
  if (noted === null) {
    const [first] = groups;
    if (groups.length === 0) return 'No finished runs yet. Choose what to train and run it.';
    return `${methodLabel(first.method)}: ${percent(first.accuracy.mean)} of the test pictures right.`;
  }
  const full = fullBeside(noted, groups);
  const of = `${methodLabel(noted.method)} at ${fractionWords(noted.fraction)}: ${percent(noted.accuracy.mean)} of the test pictures right`;
  const against = full === null ? '' : `, full training ${percent(full.accuracy.mean)}`;
  const time =
    noted.timeShare === null
      ? ''
      : `, in ${formatPercent(noted.timeShare.mean)} of full training’s time per epoch`;
  const resident = `${formatPercent(noted.residentShare.mean)} of the raw training set`;
  return `${of}${against}${time}, with ${resident} in memory.`;
}

/** Says which groups were computed in more than one place: their times are no one machine's; empty where none was. */
export function backendWords(groups: readonly TrainingGroup[]): string {
  const mixed = groups.filter(({ backends }) => backends.length > 1);
  if (mixed.length > 0) {
    const names = mixed.map((group) => `${methodShareWords(group)} on ${group.backends.join(' and ')}`);
    return `Seeds of the same training were computed in different places, so that their times do not compare: ${names.join('; ')}.`;
  }
  const all = [...new Set(groups.flatMap(({ backends }) => backends))];
  return all.length > 1
    ? `These runs were computed on ${all.join(' and ')}: compare times within one of them only.`
    : '';
}

/** What is to be known of the paper's points, or why there are none where the paper has the pictures; else empty. */
export function paperWords(datasetId: string, groups: readonly TrainingGroup[]): string {
  const paper = paperResultOf(datasetId);
  const [first] = groups;
  if (paper === null || groups.length === 0) return '';
  const { network, width } = first;
  if (paperResult(datasetId, network, width) === null) {
    const theirs = networkWords(paper.network, paper.width);
    return `The paper’s numbers on these pictures are for ${theirs}, and are not drawn beside ${networkWords(network, width)}.`;
  }
  const epochs = [...new Set(groups.map(({ settings }) => settings.epochs))];
  const same = epochs.length === 1 && epochs[0] === paper.epochs;
  const theirs = `The paper trained for ${formatPlural(paper.epochs, 'epoch')}`;
  return same
    ? `${theirs}, as these runs were; its times were taken on other machines.`
    : `${theirs}, these runs for ${epochs.sort((a, b) => a - b).join(' and ')}; its times were taken on other machines.`;
}
