import type { Method } from '../../../contracts/codec.ts';
import { Panel } from '../../../ui/controls/index.ts';
import { formatPlural } from '../../../ui/format.ts';
import { useLabParts } from '../../useLab.ts';
import type { ModelTask } from './compare.ts';
import { ExactSolver } from './ExactSolver.tsx';
import { METHOD_TITLES } from './methods.ts';

/** One method at its optimum. */
export function ExactPanel({ method, task }: { method: Method; task: ModelTask }) {
  const { samples, stale } = useLabParts(({ learn }) => ({
    samples: learn[method].closedForm.value?.samples ?? null,
    stale: learn[method].closedForm.stale,
  }));
  const unit = method === 'full' ? 'record' : 'weighted sample';
  return (
    <Panel
      title={METHOD_TITLES[method]}
      caption={samples === null ? undefined : formatPlural(samples, unit)}
      stale={stale}
    >
      <ExactSolver method={method} title={METHOD_TITLES[method]} task={task} />
    </Panel>
  );
}
