import { describe, expect, it } from 'vitest';
import type { PeerResult } from '../../../contracts/peers.ts';
import { PEER_RANKING, peerVerdict } from './comparePeers.ts';

function row(name: string, change: Partial<PeerResult> = {}): PeerResult {
  const isOurs = name === 'Ours';
  return {
    name,
    label: name,
    sentence: '',
    isOurs,
    randomAccess: isOurs,
    bytes: 500,
    ratio: 0.5,
    encodeMegabytesPerSecond: 10,
    decodeMegabytesPerSecond: 10,
    recordMicroseconds: 10,
    exact: true,
    note: null,
    ...change,
  };
}

/** Without the thin spaces between numbers and units. */
const verdict = (...rows: PeerResult[]): string[] =>
  peerVerdict(rows).map((sentence) => sentence.replaceAll('\u202f', ' '));

describe('peerVerdict', () => {
  it('says by how much the archive is smaller, and how much faster one record is', () => {
    const [size, record] = verdict(
      row('Ours', { bytes: 240, ratio: 0.24, recordMicroseconds: 2 }),
      row('zstd', { bytes: 360, ratio: 0.36, recordMicroseconds: 8_000 }),
      row('rows', { bytes: 900, ratio: 0.9, recordMicroseconds: 10, randomAccess: true }),
    );
    expect(size).toBe('Ours is the smallest, 24.0 % of float64; the next, zstd, is larger by 50 %.');
    expect(record).toBe(
      'Ours fetches a record in 2 µs, 5 times as fast as the next, rows, and 4,000 times as fast as zstd.',
    );
  });

  it('says it as plainly when the archive loses', () => {
    const sentences = verdict(
      row('Ours', { encodeMegabytesPerSecond: 4, decodeMegabytesPerSecond: 20, recordMicroseconds: 30 }),
      row('brotli', { bytes: 440, ratio: 0.44, recordMicroseconds: 50_000 }),
      row('rows', { recordMicroseconds: 10, randomAccess: true, decodeMegabytesPerSecond: 90 }),
    );
    expect(sentences).toEqual([
      'brotli is smaller than Ours by 12 %, without random access.',
      'rows fetches a record 3 times as fast as Ours, which takes 30 µs.',
      'brotli encodes 2.5 times as fast as Ours.',
      'rows decodes 4.5 times as fast as Ours.',
    ]);
  });

  it('calls equal what is equal', () => {
    expect(verdict(row('Ours'), row('twin'))).toEqual([
      'Ours and twin are the same size, 50.0 % of float64.',
      'Ours and twin fetch a record in the same time, 10 µs.',
      'Ours and twin encode equally fast.',
      'Ours and twin decode equally fast.',
    ]);
  });

  it('counts no win of a peer that gives back another table, and names it', () => {
    const sentences = verdict(
      row('Ours'),
      row('lossy', { bytes: 10, ratio: 0.01, exact: false }),
      row('other', { bytes: 600, ratio: 0.6 }),
    );
    expect(sentences[0]).toContain('the next, other, is larger by 20 %');
    expect(sentences.at(-1)).toBe('Not every cell came back from lossy.');
  });

  it('says nothing before there is something to compare with', () => {
    expect(verdict(row('Ours'))).toEqual([]);
    expect(verdict(row('zstd'), row('gzip'))).toEqual([]);
    const unmeasured = { bytes: null, ratio: null, encodeMegabytesPerSecond: null };
    const none = { ...unmeasured, decodeMegabytesPerSecond: null, recordMicroseconds: null, exact: null };
    expect(verdict(row('Ours'), row('gone', none))).toEqual([]);
  });
});

describe('the ranking', () => {
  const rows = [
    row('b', { ratio: 0.4, encodeMegabytesPerSecond: 1 }),
    row('none', { ratio: null, encodeMegabytesPerSecond: null, exact: null }),
    row('a', { ratio: 0.2, encodeMegabytesPerSecond: 9 }),
    row('c', { ratio: 0.4, encodeMegabytesPerSecond: 5 }),
  ];

  it('puts the smallest size first and the highest speed first, what is not measured last', () => {
    expect(PEER_RANKING.sort(rows, 'ratio').map(({ name }) => name)).toEqual(['a', 'b', 'c', 'none']);
    expect(PEER_RANKING.sort(rows, 'encodeMegabytesPerSecond').map(({ name }) => name)).toEqual([
      'a',
      'c',
      'b',
      'none',
    ]);
  });

  it('has a best row only among exact ones', () => {
    expect(PEER_RANKING.best(rows, 'ratio')?.name).toBe('a');
    expect(PEER_RANKING.best([row('x', { exact: false }), rows[1]], 'ratio')).toBeNull();
  });
});
