import { describe, expect, it } from 'vitest';
import { sampleById } from '../../../contracts/gallery.ts';
import { tableOf } from '../../training/results.ts';
import { runWith } from '../../testing/training.ts';
import { paperCell, paperMark, paperWords } from './paperMarks.ts';

const idOf = (sample: string) => sampleById(sample)?.datasetId ?? '';
const plain = (text: string | undefined) => text?.replace(/\u202f/g, ' ');

describe('the paper’s numbers', () => {
  const mnist = idOf('mnist');
  const runs = [runWith({ fraction: 0.1 }), runWith({ method: 'random', fraction: 0.1 })];
  const { rows } = tableOf(runs);
  const row = (method: string) => rows.find((one) => one.method === method) ?? rows[0];

  it('stand beside the method, share and network that they are of', () => {
    const mark = paperMark(mnist, row('dreamlearning'), 0.1);
    expect([plain(mark?.accuracy), plain(mark?.time ?? undefined)]).toEqual(['99.1 % ± 0.07', '11 %']);
    expect(plain(paperMark(mnist, row('dreamlearning'), 'all')?.accuracy)).toBe('99.3 %');
    expect(plain(paperMark(mnist, row('random'), 0.1)?.accuracy)).toBe('99.2 % ± 0.05');
    const cell = { network: 'lenet5', width: null, method: 'dreamlearning', fraction: 0.1 };
    expect(plain(paperCell(mnist, cell, 'storage') ?? '')).toBe('58 %');
    expect(paperCell(mnist, { ...cell, network: 'softmax' }, 'storage')).toBeNull();
    expect(paperMark(mnist, row('dreamlearning'), 0.02)).toBeNull();
    expect(paperMark('f'.repeat(64), row('dreamlearning'), 0.1)).toBeNull();
  });

  it('are said with their epochs', () => {
    expect(paperWords(mnist, runs, rows)).toContain('trained for 100 epochs, these runs for 10.');
    expect(paperWords('f'.repeat(64), runs, rows)).toBe('');
  });

  it('are not set beside another width', () => {
    const cifar = idOf('cifar10');
    const narrow = tableOf([runWith({ network: 'resnet18', width: 8 })]).rows;
    expect(paperMark(cifar, narrow[0], 0.1)).toBeNull();
    expect(paperWords(cifar, [], narrow)).toContain('ResNet18, width 64');
    const wide = tableOf([runWith({ network: 'resnet18', width: 64 })]).rows;
    expect(plain(paperMark(cifar, wide[0], 'all')?.accuracy)).toBe('95.2–95.3 %');
  });
});
