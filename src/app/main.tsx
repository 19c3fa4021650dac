import '../ui/theme/tokens.css';
import '../ui/theme/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { I18nProvider } from 'react-aria-components/I18nProvider';
import { ERROR_ADVICE } from '../contracts/errors.ts';
import { onArchiveNews } from '../platform/archiveNews.ts';
import { findMissingFacilities } from '../platform/secureContext.ts';
import { followSystemTheme, printLight, readThemeChoice } from '../platform/theme.ts';
import { LabContext } from '../stations/useLab.ts';
import { followAddress } from './address.ts';
import { App } from './App.tsx';
import { followOffline } from './offline.ts';
import { createLabStore } from './store.ts';
import { Unsupported } from './Unsupported.tsx';
import { createServices } from './workers.ts';

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
  followAddress({ store, start });
}

const root = document.getElementById('root');
if (root !== null) run(root);
