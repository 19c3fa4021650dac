import '../ui/theme/tokens.css';
import '../ui/theme/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { I18nProvider } from 'react-aria-components/I18nProvider';
import { ERROR_ADVICE } from '../contracts/errors.ts';
import { onArchiveNews } from '../platform/archiveNews.ts';
import { onHashChange, readHash, writeHash } from '../platform/hash.ts';
import { findMissingFacilities } from '../platform/secureContext.ts';
import { followSystemTheme, printLight, readThemeChoice } from '../platform/theme.ts';
import { LabContext, openName } from '../stations/useLab.ts';
import { App } from './App.tsx';
import { followOffline } from './offline.ts';
import { createLabStore } from './store.ts';
import { Unsupported } from './Unsupported.tsx';
import { createServices } from './workers.ts';

/** Milliseconds of quiet before the address follows the experiment. */
const ADDRESS_QUIET = 400;

function run(root: HTMLElement): void {
  followSystemTheme(readThemeChoice);
  printLight();
  const missing = findMissingFacilities(window);
  if (missing.some(({ essential }) => essential)) {
    createRoot(root).render(<Unsupported missing={missing} />);
    return;
  }

  const { store, start, settle } = createLabStore(createServices());
  createRoot(root).render(
    <StrictMode>
      <I18nProvider locale="en-US">
        <LabContext value={store}>
          <App />
        </LabContext>
      </I18nProvider>
    </StrictMode>,
  );

  let timer: ReturnType<typeof setTimeout> | undefined;
  const follow = () => {
    const lab = store.getState();
    // While a link waits for its file, the address goes on naming that file.
    if (openName(lab) === null || lab.awaited !== null) return;
    const hash = lab.link().split('#')[1] ?? '';
    if (!writeHash(hash)) timer = setTimeout(follow, 2 * ADDRESS_QUIET);
  };
  store.subscribe((now, before) => {
    const isSame =
      now.settings === before.settings &&
      now.station === before.station &&
      now.view === before.view &&
      now.paperTable === before.paperTable &&
      now.sweep.plan === before.sweep.plan &&
      now.kind === before.kind &&
      now.images.settings === before.images.settings &&
      now.images.fraction === before.images.fraction &&
      now.images.sweep.plan === before.images.sweep.plan &&
      now.images.training.settings === before.images.training.settings &&
      now.images.training.plan === before.images.training.plan &&
      now.images.training.wish === before.images.training.wish &&
      now.images.training.selected === before.images.training.selected &&
      now.images.dataset.value === before.images.dataset.value &&
      now.awaited === before.awaited &&
      now.dataset.value === before.dataset.value;
    if (isSame) return;
    clearTimeout(timer);
    timer = setTimeout(follow, ADDRESS_QUIET);
  });
  onHashChange((hash) => void start(hash));
  addEventListener('pagehide', settle);
  // Another tab may have written or deleted archives.
  const followArchives = () => void store.getState().followArchives();
  onArchiveNews(followArchives);
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') followArchives();
  });

  if (missing.length > 0) {
    store.getState().say({
      tone: 'warning',
      code: 'CONTEXT_INSECURE',
      what: missing.map(({ text }) => text).join(' '),
      todo: `The lab still works without it. ${ERROR_ADVICE.CONTEXT_INSECURE}`,
    });
  }
  // The development server changes its files all the time.
  if (import.meta.env.PROD) followOffline(store);
  void start(readHash());
}

const root = document.getElementById('root');
if (root !== null) run(root);
