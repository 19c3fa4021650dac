/** Letters of a class's name that fit into a sentence. */
const LONGEST_NAME = 28;

/** A class's name within a sentence, in quotation marks and cut where it is long. */
export function className(label: string): string {
  const letters = [...label];
  const name = letters.length > LONGEST_NAME ? `${letters.slice(0, LONGEST_NAME - 1).join('')}…` : label;
  return `“${name}”`;
}
