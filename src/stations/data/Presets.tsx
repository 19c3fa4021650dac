import { lazy, Suspense } from 'react';
import { Panel } from '../../ui/controls/index.ts';

// They bring what the paper did, which the first screen does not need.
const PresetList = lazy(() => import('./PresetList.tsx').then((m) => ({ default: m.PresetList })));

/** Settings under a name: what the paper did, and starting points for what is open. */
export function Presets() {
  return (
    <Panel title="Presets" caption="settings that belong together">
      <Suspense fallback={<p className="soft">Opening the presets…</p>}>
        <PresetList />
      </Suspense>
    </Panel>
  );
}
