/** What a confusion matrix says in words: which classes are taken for which, and which are found least. */

export interface Confusion {
  actual: number;
  predicted: number;
  count: number;
  /** Of the test pictures of the actual class. */
  share: number;
}

/** The most frequent confusions, the greatest first. @param confusion classes × classes, actual × predicted */
export function greatestConfusions(confusion: ArrayLike<number>, classes: number, most: number): Confusion[] {
  const found: Confusion[] = [];
  for (let actual = 0; actual < classes; actual++) {
    const total = classTotal(confusion, classes, actual);
    for (let predicted = 0; predicted < classes; predicted++) {
      const count = confusion[actual * classes + predicted];
      if (actual !== predicted && count > 0) found.push({ actual, predicted, count, share: count / total });
    }
  }
  return found.sort((a, b) => b.count - a.count || a.actual - b.actual).slice(0, most);
}

export interface ClassRecall {
  label: number;
  total: number;
  /** Share of its test pictures that are classified correctly; classes without test pictures are left out. */
  share: number;
}

/** The classes, those that are found least first. */
export function recalls(confusion: ArrayLike<number>, classes: number): ClassRecall[] {
  const all: ClassRecall[] = [];
  for (let label = 0; label < classes; label++) {
    const total = classTotal(confusion, classes, label);
    if (total > 0) all.push({ label, total, share: confusion[label * classes + label] / total });
  }
  return all.sort((a, b) => a.share - b.share || a.label - b.label);
}

function classTotal(confusion: ArrayLike<number>, classes: number, actual: number): number {
  let total = 0;
  for (let k = 0; k < classes; k++) total += confusion[actual * classes + k];
  return total;
}
