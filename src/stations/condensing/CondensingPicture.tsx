import { lazy, Suspense, useContext, useRef } from 'react';
import { FigureAlone } from '../../ui/controls/index.ts';
import { useLab } from '../useLab.ts';
import { useNear } from '../../ui/useNear.ts';
import './condensing.css';

const ScatterPanel = lazy(() => import('./ScatterPanel.tsx').then((m) => ({ default: m.ScatterPanel })));

/**
 * The picture of condensing, loaded and worked out once its place comes near the window. Where one figure is shown alone,
 * an empty place has no room and comes near nothing: there it is loaded where it may be shown.
 */
export function CondensingPicture() {
  const place = useRef<HTMLDivElement>(null);
  const isAlone = useContext(FigureAlone) === 'condensing';
  const isPresented = useLab(({ view }) => view.present);
  const isNear = useNear(place) || isAlone || isPresented;
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
