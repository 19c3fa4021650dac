/** Who wins what among the archive and its peers, in order and in words. */
import type { PeerResult } from '../../contracts/peers.ts';
import { formatPercent, formatSeconds, formatValue } from '../../ui/format.ts';

/** A measured quantity of a row. */
export type PeerFigure =
  'ratio' | 'encodeMegabytesPerSecond' | 'decodeMegabytesPerSecond' | 'recordMicroseconds';

/** What is better of each: the smaller or the larger. */
const SMALLER_WINS: Record<PeerFigure, boolean> = {
  ratio: true,
  encodeMegabytesPerSecond: false,
  decodeMegabytesPerSecond: false,
  recordMicroseconds: true,
};

/** Differences below half a percent are called equal. */
const EQUAL = 1.005;

/** How good a row is in one quantity, the smaller the better; what was not measured comes last. */
function rank(row: PeerResult, figure: PeerFigure): number {
  const value = row[figure];
  if (value === null) return Infinity;
  return SMALLER_WINS[figure] ? value : -value;
}

/** The rows with the best of one quantity first; equal ones stay as they are. */
export function sortPeers(rows: readonly PeerResult[], figure: PeerFigure): PeerResult[] {
  return [...rows].sort((a, b) => {
    const left = rank(a, figure);
    const right = rank(b, figure);
    return left === right ? 0 : left < right ? -1 : 1;
  });
}

/** The row that wins in one quantity, of those that give back the table; null where none does. */
export function bestPeer(rows: readonly PeerResult[], figure: PeerFigure): PeerResult | null {
  const [best] = sortPeers(
    rows.filter((row) => row.exact === true && row[figure] !== null),
    figure,
  );
  return best ?? null;
}

/** "3.4 times", "1,200 times", "twice" */
function times(factor: number): string {
  const words = formatValue(factor, 2);
  return words === '2' ? 'twice' : `${words} times`;
}

function sizeWords(ours: PeerResult, others: readonly PeerResult[]): string {
  const best = bestPeer(others, 'ratio');
  if (best === null || best.bytes === null || ours.bytes === null || ours.ratio === null) return '';
  const factor = best.bytes / ours.bytes;
  if (factor < EQUAL && 1 / factor < EQUAL)
    return `${ours.label} and ${best.label} are of one size, ${formatPercent(ours.ratio)} of float64.`;
  if (factor > 1) {
    return (
      `${ours.label} is the smallest, ${formatPercent(ours.ratio)} of float64; ` +
      `the next, ${best.label}, is larger by ${formatPercent(factor - 1, 0)}.`
    );
  }
  return (
    `${best.label} is smaller than ${ours.label} by ${formatPercent(1 - factor, 0)}` +
    `${best.randomAccess ? '' : ', without random access'}.`
  );
}

function recordWords(ours: PeerResult, others: readonly PeerResult[]): string {
  const next = bestPeer(others, 'recordMicroseconds');
  const mine = ours.recordMicroseconds;
  if (mine === null || next?.recordMicroseconds == null) return '';
  const factor = next.recordMicroseconds / mine;
  const took = formatSeconds(mine / 1e6);
  if (factor < EQUAL && 1 / factor < EQUAL)
    return `${ours.label} and ${next.label} fetch a record in the same time, ${took}.`;
  if (factor < 1) {
    return `${next.label} fetches a record ${times(1 / factor)} as fast as ${ours.label}, which takes ${took}.`;
  }
  const smallest = bestPeer(others, 'ratio');
  const against =
    smallest !== null && smallest !== next && smallest.recordMicroseconds !== null
      ? `, and ${times(smallest.recordMicroseconds / mine)} as fast as ${smallest.label}`
      : '';
  return `${ours.label} fetches a record in ${took}, ${times(factor)} as fast as the next, ${next.label}${against}.`;
}

function speedWords(
  ours: PeerResult,
  others: readonly PeerResult[],
  figure: 'encodeMegabytesPerSecond' | 'decodeMegabytesPerSecond',
  verb: string,
): string {
  const best = bestPeer(others, figure);
  const mine = ours[figure];
  const theirs = best?.[figure];
  if (best === null || mine === null || theirs == null) return '';
  const factor = theirs / mine;
  if (factor < EQUAL && 1 / factor < EQUAL) return `${ours.label} and ${best.label} ${verb} equally fast.`;
  return factor > 1
    ? `${best.label} ${verb}s ${times(factor)} as fast as ${ours.label}.`
    : `${ours.label} ${verb}s fastest, ${times(1 / factor)} as fast as ${best.label}.`;
}

/** Who wins what, a sentence for each: size, one record, encoding, decoding, and who gives back another table. */
export function peerVerdict(rows: readonly PeerResult[]): string[] {
  const ours = rows.find(({ isOurs }) => isOurs);
  const others = rows.filter(({ isOurs }) => !isOurs);
  if (ours === undefined || others.length === 0) return [];
  const inexact = rows.filter(({ exact }) => exact === false).map(({ label }) => label);
  return [
    sizeWords(ours, others),
    recordWords(ours, others),
    speedWords(ours, others, 'encodeMegabytesPerSecond', 'encode'),
    speedWords(ours, others, 'decodeMegabytesPerSecond', 'decode'),
    inexact.length === 0 ? '' : `Not every cell came back from ${inexact.join(', ')}.`,
  ].filter((sentence) => sentence !== '');
}
