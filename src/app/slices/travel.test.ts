import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LabError } from '../../contracts/errors.ts';
import { createLabStore } from '../store.ts';
import { createFakeLab, listingOf, summaryOf, type FakeLab } from '../testing/fakeServices.ts';

const saved = vi.hoisted(() => [] as string[]);
vi.mock('../../platform/download.ts', () => ({
  download: (name: string) => {
    saved.push(name);
  },
}));

let fake: FakeLab;
let lab: ReturnType<typeof createLabStore>;
const state = () => lab.store.getState();
const settled = () => vi.advanceTimersByTimeAsync(2_000);
const archiveFile = (id: string) => new File(['DMLA and the rest'], `${id}.dmla`);
const words = () => state().messages.map(({ what }) => what);

beforeEach(async () => {
  vi.useFakeTimers();
  saved.length = 0;
  fake = createFakeLab();
  fake.stored = [listingOf('one', { createdAt: 2 })];
  fake.datasets.set('archive:one', summaryOf('one'));
  lab = createLabStore(fake.services);
  await lab.start('');
  await settled();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('saving', () => {
  it('makes the file and hands it to the browser', async () => {
    await state().exportArchive('one');
    await state().exportTable('one', 'csv');
    await state().exportTable('one', 'parquet');
    await state().exportSamples('csv');
    await state().exportSamples('parquet');
    await state().exportCoefficients();
    await state().exportPredictions();
    expect(saved).toEqual([
      ...['one.dmla', 'one.csv', 'one.parquet', 'samples.csv', 'samples.parquet'],
      ...['coefficients.csv', 'predictions.csv'],
    ]);
    expect(state().transfer).toBeNull();
  });

  it('says what it is at, and can be cancelled', async () => {
    fake.hold('exportTable');
    const saving = state().exportTable('one', 'csv');
    await vi.waitFor(() => expect(state().transfer).not.toBeNull());
    expect(state().transfer).toMatchObject({ what: 'Saving one as CSV', task: { status: 'running' } });
    state().cancelTransfer();
    await saving;
    expect(state().transfer).toBeNull();
    expect(saved).toEqual([]);
    expect(words()).toEqual([]);
  });

  it('waits for the one before it', async () => {
    const held = fake.hold('exportTable');
    const both = [state().exportTable('one', 'csv'), state().exportArchive('one')];
    await vi.waitFor(() => expect(fake.calls).toContain('exportTable'));
    expect(fake.calls).not.toContain('exportArchive');
    held.release();
    await Promise.all(both);
    expect(saved).toEqual(['one.csv', 'one.dmla']);
    expect(state().transfer).toBeNull();
  });

  it('goes on with the next when one was cancelled', async () => {
    fake.hold('exportTable');
    const both = [state().exportTable('one', 'csv'), state().exportArchive('one')];
    await vi.waitFor(() => expect(fake.calls).toContain('exportTable'));
    state().cancelTransfer();
    await Promise.all(both);
    expect(saved).toEqual(['one.dmla']);
  });

  it('says why it failed', async () => {
    const held = fake.hold('exportArchive');
    const saving = state().exportArchive('one');
    await vi.waitFor(() => expect(fake.calls).toContain('exportArchive'));
    held.fail(new LabError('ARCHIVE_NOT_FOUND', 'It is gone.'));
    await saving;
    expect(state().messages).toMatchObject([{ code: 'ARCHIVE_NOT_FOUND', what: 'It is gone.' }]);
    expect(state().transfer).toBeNull();
  });
});

describe('an archive file', () => {
  it('is taken in however it is opened, and opened with the settings that it brings', async () => {
    await state().load({ kind: 'file', file: archiveFile('far') });
    await settled();
    expect(fake.calls).toContain('importArchive');
    expect(state().dataset.value?.name).toBe('far');
    expect(state().settings).toMatchObject({ target: 'b', beta: 5 });
    expect(state().archives.map(({ id, kept }) => [id, kept])).toContainEqual(['far', true]);
    expect(words().join()).toContain('The archive of far was verified and is kept: 238');
  });

  it('that is here already is opened and said to be', async () => {
    await state().load({ kind: 'file', file: archiveFile('one') });
    await settled();
    expect(words().join()).toContain('The same archive of one was in this browser already');
    expect(state().dataset.value?.name).toBe('one');
  });

  it('that is damaged leaves everything as it was', async () => {
    const held = fake.hold('importArchive');
    const before = state().source;
    const loading = state().load({ kind: 'file', file: archiveFile('far') });
    await vi.waitFor(() => expect(fake.calls).toContain('importArchive'));
    held.fail(new LabError('ARCHIVE_CORRUPT', 'A block fails its checksum.'));
    await loading;
    expect(state().messages).toMatchObject([{ code: 'ARCHIVE_CORRUPT' }]);
    expect(state().source).toBe(before);
    expect(state().archives.map(({ id }) => id)).toEqual(['one']);
  });

  it('that claims too much is asked about, and taken in if the user says so', async () => {
    const held = fake.hold('importArchive');
    const loading = state().load({ kind: 'file', file: archiveFile('far') });
    await vi.waitFor(() => expect(fake.calls).toContain('importArchive'));
    held.fail(new LabError('ARCHIVE_TOO_LARGE', 'The archive claims 68000000 bytes.'));
    await loading;
    const [message] = state().messages;
    expect(message).toMatchObject({ code: 'ARCHIVE_TOO_LARGE', what: 'The archive claims 68000000 bytes.' });
    expect(message.action?.label).toBe('Take it in all the same');
    expect(state().archives.map(({ id }) => id)).toEqual(['one']);
    message.action!.run();
    await settled();
    expect(state().archives.map(({ id }) => id)).toContain('far');
    expect(state().dataset.value?.name).toBe('far');
  });

  it('that takes long does not close what was opened meanwhile', async () => {
    fake.datasets.set('file:late.csv', summaryOf('late'));
    const held = fake.hold('importArchive');
    const importing = state().load({ kind: 'file', file: archiveFile('far') });
    await vi.waitFor(() => expect(fake.calls).toContain('importArchive'));
    await state().load({ kind: 'file', file: new File(['a,b\n1,2\n'], 'late.csv') });
    held.release();
    await importing;
    await settled();
    expect(state().dataset.value?.name).toBe('late');
    expect(state().archives.map(({ id }) => id)).toContain('far');
    expect(state().messages.at(-1)).toMatchObject({ todo: 'Open it from the list in Archive.' });
  });

  it('that is the last of several is the one that is opened', async () => {
    await Promise.all([
      state().load({ kind: 'file', file: archiveFile('far') }),
      state().load({ kind: 'file', file: archiveFile('one') }),
    ]);
    await settled();
    expect(state().dataset.value?.name).toBe('one');
    expect(state().archives.map(({ id }) => id)).toContain('far');
  });

  it('travels in a worker that does not train', async () => {
    const carrier = vi.spyOn(fake.services, 'carrier');
    await state().importArchive(archiveFile('one'));
    await state().verifyArchive('one');
    await state().exportArchive('one');
    await state().exportTable('one', 'csv');
    expect(carrier).toHaveBeenCalledTimes(4);
  });

  it('that was just deleted and is taken in again stays', async () => {
    state().deleteArchive('one');
    await state().load({ kind: 'file', file: archiveFile('one') });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(fake.calls).not.toContain('deleteArchives');
    expect(state().archives.map(({ id }) => id)).toContain('one');
  });

  it('is told from a table by its content', async () => {
    fake.datasets.set('file:table.dmla', summaryOf('table'));
    await state().load({ kind: 'file', file: new File(['a,b\n1,2\n'], 'table.dmla') });
    expect(fake.calls).not.toContain('importArchive');
    expect(state().dataset.value?.name).toBe('table');
  });
});

describe('a check', () => {
  it('is kept with its archive, and forgotten when that is written anew', async () => {
    await state().verifyArchive('one');
    expect(state().verifications.one).toMatchObject({ status: 'done', value: { blocks: 12 } });
    await state().refreshArchives();
    expect(state().verifications.one).toBeDefined();
    fake.stored = [listingOf('one', { createdAt: 3 })];
    await state().refreshArchives();
    expect(state().verifications.one).toBeUndefined();
  });

  it('that finds damage says so at its archive', async () => {
    const held = fake.hold('verifyArchive');
    const checking = state().verifyArchive('one');
    expect(state().verifications.one.status).toBe('running');
    held.fail(new LabError('ARCHIVE_CORRUPT', 'The block at byte 8 fails its checksum.'));
    await checking;
    expect(state().verifications.one).toMatchObject({
      status: 'failed',
      error: { code: 'ARCHIVE_CORRUPT' },
    });
  });

  it('ends when its archive is deleted', async () => {
    fake.hold('verifyArchive');
    const checking = state().verifyArchive('one');
    state().deleteArchive('one');
    await checking;
    expect(state().verifications).toEqual({});
  });
});
