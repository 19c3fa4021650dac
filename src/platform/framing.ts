/**
 * How the page stands: by itself, or in a frame of another page. `embed=1` stands in the hash, which no server sees: so
 * the header lets any page frame the lab, and the lab decides what it shows there, before it makes a store or a worker.
 */

/** What is looked at of a window. */
export interface FrameScope {
  /** "null" where a sandbox gives the page no origin. */
  readonly origin: string;
  /** Itself where nothing frames it. */
  readonly parent: FrameScope;
  readonly location: { readonly origin: string };
}

/**
 * page: the whole lab; embed: one page of it, which changes nothing that is kept; refused: framed by another site that
 * has not asked for an embed; sandboxed: in a frame that has no origin, where neither workers nor storage are to be had.
 */
export type Standing = 'page' | 'embed' | 'refused' | 'sandboxed';

/** @param asksEmbed whether the link says `embed=1` */
export function standingOf(scope: FrameScope, asksEmbed: boolean): Standing {
  if (scope.origin === 'null') return 'sandboxed';
  if (asksEmbed) return 'embed';
  return isFramedByOthers(scope) ? 'refused' : 'page';
}

/** Whether any of the pages around this one is of another origin. */
function isFramedByOthers(scope: FrameScope): boolean {
  for (let at = scope; at.parent !== at; at = at.parent) {
    try {
      if (at.parent.location.origin !== scope.location.origin) return true;
    } catch {
      return true; // Reading anything of another origin throws.
    }
  }
  return false;
}

/** The address without the word that makes it an embed: the same experiment with the whole lab around it. */
export function tabAddress(address: string): string {
  const at = address.indexOf('#');
  if (at < 0) return address;
  const pairs = address
    .slice(at + 1)
    .split('&')
    .filter((pair) => !/^embed(?:=|$)/.test(pair));
  const hash = pairs.join('&');
  return hash === '' ? address.slice(0, at) : `${address.slice(0, at)}#${hash}`;
}
