import { lazy, Suspense, useRef } from 'react';
import { useNear } from '../../ui/useNear.ts';
import './condensing.css';

const ScatterPanel = lazy(() => import('./ScatterPanel.tsx').then((m) => ({ default: m.ScatterPanel })));

/** The picture of condensing, loaded and worked out once its place comes near the window. */
export function CondensingPicture() {
  const place = useRef<HTMLDivElement>(null);
  const isNear = useNear(place);
  return (
    <div ref={place} className="condensing-place">
      {isNear && (
        <Suspense fallback={null}>
          <ScatterPanel />
        </Suspense>
      )}
    </div>
  );
}
