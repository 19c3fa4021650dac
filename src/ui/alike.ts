/**
 * Whether two sets of properties are the same, lists by their entries: for views that are given lists which are made anew
 * at every rendering, and mostly hold what they held.
 */
export function isAlike<P extends object>(now: P, before: P): boolean {
  const names = Object.keys(now) as (keyof P)[];
  return (
    names.length === Object.keys(before).length && names.every((name) => isSameEntry(now[name], before[name]))
  );
}

function isSameEntry(a: unknown, b: unknown): boolean {
  if (!Array.isArray(a) || !Array.isArray(b)) return Object.is(a, b);
  return a.length === b.length && a.every((entry, k) => Object.is(entry, b[k]));
}
