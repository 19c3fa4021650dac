/** Names of columns that are all different and none empty: what a file lacks in them is mended, and said. */

/** What was mended; it is about no column alone. */
interface NameNotice {
  /** "nameless-columns" or "duplicate-names". */
  code: string;
  column: string | null;
  text: string;
}

const MOST_NAMED = 5;

const listed = (names: readonly string[]): string =>
  names.slice(0, MOST_NAMED).join(', ') + (names.length > MOST_NAMED ? ', …' : '');

/**
 * @param header cells of the header; null without one
 * @param notices receives what was mended
 */
export function columnNames(
  header: readonly string[] | null,
  width: number,
  notices: NameNotice[],
): string[] {
  if (header === null) return Array.from({ length: width }, (_, c) => `column${c + 1}`);
  const taken = new Set(header);
  const seen = new Set<string>();
  const nameless: string[] = [];
  const doubled: string[] = [];
  const names = header.map((cell, c) => {
    const wanted = cell === '' ? `column${c + 1}` : cell;
    let name = wanted;
    // A name of the file keeps its place; only what is made here gives way.
    for (let k = 2; seen.has(name) || (name !== cell && taken.has(name)); k++) name = `${wanted} (${k})`;
    seen.add(name);
    if (cell === '') nameless.push(name);
    else if (name !== cell) doubled.push(name);
    return name;
  });
  if (nameless.length > 0) {
    const text =
      nameless.length === 1
        ? `A column without a name is called ${nameless[0]}.`
        : `${nameless.length} columns without a name are called ${listed(nameless)}.`;
    notices.push({ code: 'nameless-columns', column: null, text });
  }
  if (doubled.length > 0) {
    const text =
      doubled.length === 1
        ? `A column whose name stands twice is called ${doubled[0]}.`
        : `${doubled.length} columns whose names stand twice are called ${listed(doubled)}.`;
    notices.push({ code: 'duplicate-names', column: null, text });
  }
  return names;
}
