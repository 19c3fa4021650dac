import { describe, expect, it } from 'vitest';
import { LabError } from '../../core/errors.ts';
import { makePictures, servePictures } from '../testing/servedPictures.ts';
import { subsetsBehind } from './subsetClient.ts';

const made = makePictures({ records: 50, width: 4, height: 3, channels: 3, classes: 3 });
const withCode = (code: string): unknown => expect.objectContaining({ code });

describe('subsetsBehind', () => {
  it('gives the facts, and the pictures that are asked for', async () => {
    const server = servePictures(made);
    const subsets = subsetsBehind(server.port);
    expect((await subsets.facts).classNames).toEqual(['class 0', 'class 1', 'class 2']);
    const asked = [Uint32Array.of(7, 3), Uint32Array.of(49)];
    const [first, second] = await Promise.all(asked.map((records) => subsets.fetch(records)));
    expect(first.pixels).toEqual(
      Uint8Array.from([...made.pixels.subarray(7 * 36, 8 * 36), ...made.pixels.subarray(3 * 36, 4 * 36)]),
    );
    expect([...second.labels]).toEqual([made.facts.labels[49]]);
    subsets.end();
  });

  it('rejects with what the serving side says, and goes on', async () => {
    const server = servePictures(made);
    const subsets = subsetsBehind(server.port);
    server.failWith(new LabError('ARCHIVE_NOT_FOUND', 'It is gone.'));
    await expect(subsets.fetch(Uint32Array.of(1))).rejects.toEqual(withCode('ARCHIVE_NOT_FOUND'));
    await expect(subsets.fetch(Uint32Array.of(1))).resolves.toBeDefined();
    subsets.end();
  });

  it('rejects when everything fails at once, the facts too', async () => {
    const { port1, port2 } = new MessageChannel();
    const subsets = subsetsBehind(port2);
    const asked = subsets.fetch(Uint32Array.of(1));
    port1.postMessage({
      kind: 'failed',
      number: null,
      error: new LabError('FILE_UNREADABLE', 'No file.').report(),
    });
    await expect(asked).rejects.toEqual(withCode('FILE_UNREADABLE'));
    await expect(subsets.facts).rejects.toEqual(withCode('FILE_UNREADABLE'));
    await expect(subsets.fetch(Uint32Array.of(1))).rejects.toEqual(withCode('FILE_UNREADABLE'));
    subsets.end();
  });

  it('says that the subsets are lost when the other side is gone', async () => {
    const server = servePictures(made);
    const subsets = subsetsBehind(server.port);
    await subsets.facts;
    server.hold();
    const asked = subsets.fetch(Uint32Array.of(1));
    server.die();
    await expect(asked).rejects.toEqual(withCode('TRAINING_SAMPLES_LOST'));
    subsets.end();
  });

  it.each([
    ['too few pixels', { pixels: new Uint8Array(35), labels: Uint16Array.of(0) }],
    ['too many pictures', { pixels: new Uint8Array(72), labels: Uint16Array.of(0, 0) }],
    ['a class that there is not', { pixels: new Uint8Array(36), labels: Uint16Array.of(3) }],
  ])('does not take %s', async (_, subset) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => port1.postMessage({ kind: 'subset', number: 1, subset });
    port1.postMessage({ kind: 'facts', facts: made.facts });
    const subsets = subsetsBehind(port2);
    await expect(subsets.fetch(Uint32Array.of(5))).rejects.toEqual(withCode('TRAINING_SAMPLES_LOST'));
    subsets.end();
  });

  it('cancels what it waits for when it ends, and says so to the other side', async () => {
    const server = servePictures(made);
    const subsets = subsetsBehind(server.port);
    await subsets.facts;
    server.hold();
    const asked = subsets.fetch(Uint32Array.of(1));
    subsets.end();
    await expect(asked).rejects.toEqual(withCode('CANCELLED'));
    await expect.poll(() => server.isEnded()).toBe(true);
  });
});
