import { useStore } from 'zustand';
import { offlineState } from './offline.ts';
import './offline.css';

/** At the page's foot: its version, and whether it needs its server. */
export function OfflineMark() {
  const isReady = useStore(offlineState, (state) => state.isReady);
  return (
    <footer className="offline-mark">
      dreaMLearning Lab {__APP_VERSION__}
      {isReady && <span> · kept in this browser, works offline</span>}
    </footer>
  );
}
