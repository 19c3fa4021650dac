/** Who wins what among the archive and its peers, in order and in words. */
import type { PeerResult } from '../../../contracts/peers.ts';
import { formatPercent, formatSeconds } from '../../../ui/format.ts';
import { createRanking, isEqual, times } from '../ranking.ts';

/** A measured quantity of a row. */
export type PeerFigure =
  | 'ratio'
  | 'encodeMegabytesPerSecond'
  | 'decodeMegabytesPerSecond'
  | 'recordMicroseconds';

export const PEER_RANKING = createRanking<PeerFigure, PeerResult>(
  {
    ratio: true,
    encodeMegabytesPerSecond: false,
    decodeMegabytesPerSecond: false,
    recordMicroseconds: true,
  },
  ({ exact }) => exact === true,
);
const { best: bestPeer, speedSentence } = PEER_RANKING;

function sizeWords(ours: PeerResult, others: readonly PeerResult[]): string {
  const best = bestPeer(others, 'ratio');
  if (best === null || best.bytes === null || ours.bytes === null || ours.ratio === null) return '';
  const factor = best.bytes / ours.bytes;
  if (isEqual(factor))
    return `${ours.label} and ${best.label} are the same size, ${formatPercent(ours.ratio)} of float64.`;
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
  if (isEqual(factor)) return `${ours.label} and ${next.label} fetch a record in the same time, ${took}.`;
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

/** Who wins what, a sentence for each: size, one record, encoding, decoding, and who gives back another table. */
export function peerVerdict(rows: readonly PeerResult[]): string[] {
  const ours = rows.find(({ isOurs }) => isOurs);
  const others = rows.filter(({ isOurs }) => !isOurs);
  if (ours === undefined || others.length === 0) return [];
  const inexact = rows.filter(({ exact }) => exact === false).map(({ label }) => label);
  return [
    sizeWords(ours, others),
    recordWords(ours, others),
    speedSentence(ours, others, 'encodeMegabytesPerSecond', 'encode'),
    speedSentence(ours, others, 'decodeMegabytesPerSecond', 'decode'),
    inexact.length === 0 ? '' : `Not every cell came back from ${inexact.join(', ')}.`,
  ].filter((sentence) => sentence !== '');
}
