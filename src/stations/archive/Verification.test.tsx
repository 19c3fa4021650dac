// @vitest-environment happy-dom
import { act } from 'react';
import { expect, it } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { VerificationReport } from '../../contracts/codec.ts';
import { mountEach } from '../../ui/testing/mount.ts';
import { fidelityWords } from '../../ui/pictures/words.ts';
import type { Lab } from '../lab.ts';
import { idleTask } from '../lab/task.ts';
import { LabContext } from '../useLab.ts';
import { Verification } from './Verification.tsx';

const view = mountEach();

function shown(claims: string | null): string {
  const value: VerificationReport = {
    sections: 9,
    blocks: 12,
    bytes: 2_809,
    records: 30,
    seconds: 0.5,
    claims,
  };
  const verifications = { one: { ...idleTask<VerificationReport>(), status: 'done', value } };
  const store = createStore(() => ({ verifications }) as unknown as Lab);
  act(() =>
    view.root.render(
      <LabContext value={store}>
        <Verification id="one" />
      </LabContext>,
    ),
  );
  return view.place.textContent;
}

it('a check claims only what was checked', () => {
  expect(shown(null)).toMatch(/^verified: 12 blocks, .* 30 records in .*the dataset that it names$/);
  const near = shown('4063a284'.padEnd(64, '0'));
  expect(near).toMatch(/^read whole: 12 blocks, .* 30 pictures in /);
  expect(near).toContain('made from those that it names (4063a284…)');
  expect(near).not.toContain('verified');
});

it('losses that nobody measured here are the archive’s own account', () => {
  const near = { kind: 'near', psnr: 51.4, maxError: 3, exactShare: 0.4 } as const;
  expect(fidelityWords(near)).toMatch(/^near-lossless: PSNR 51\.4/);
  expect(fidelityWords({ ...near, isClaimed: true })).toMatch(
    /^near-lossless, by its own account: PSNR 51\.4/,
  );
});
