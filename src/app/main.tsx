import '../ui/theme/tokens.css';
import '../ui/theme/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { I18nProvider } from 'react-aria-components/I18nProvider';
import { ERROR_ADVICE } from '../contracts/errors.ts';
import { readLink } from '../contracts/link.ts';
import { onArchiveNews } from '../platform/archiveNews.ts';
import { standingOf } from '../platform/framing.ts';
import { onAddress, readHash } from '../platform/hash.ts';
import { findMissingFacilities } from '../platform/secureContext.ts';
import { followSystemTheme, printLight, readThemeChoice, wearTheme } from '../platform/theme.ts';
import { LabContext } from '../stations/useLab.ts';
import { followAddress } from './address.ts';
import { App } from './App.tsx';
import { embedServices } from './embedServices.ts';
import { Framed } from './Framed.tsx';
import { followOffline } from './offline.ts';
import { createLabStore } from './store.ts';
import { Unsupported } from './Unsupported.tsx';
import { createServices } from './workers.ts';

const asksEmbed = (hash: string): boolean => readLink(hash).experiment.view.embed;

function run(root: HTMLElement): void {
  const standing = standingOf(window, asksEmbed(readHash()));
  // The page itself says so (public/sandboxed.js), also where no module is loaded.
  if (standing === 'sandboxed') return;
  followSystemTheme(readThemeChoice);
  printLight();
  const missing = findMissingFacilities(window);
  if (missing.some(({ essential }) => essential)) {
    createRoot(root).render(<Unsupported missing={missing} />);
    return;
  }

  if (standing === 'refused') {
    createRoot(root).render(<Framed />);
    onAddress(() => location.reload());
    return;
  }

  const isEmbed = standing === 'embed';
  const services = createServices(isEmbed);
  const { store, start, settle } = createLabStore(isEmbed ? embedServices(services) : services);
  createRoot(root).render(
    <StrictMode>
      <I18nProvider locale="en-US">
        <LabContext value={store}>
          <App />
        </LabContext>
      </I18nProvider>
    </StrictMode>,
  );

  store.subscribe((now, before) => {
    if (now.view.theme !== before.view.theme) wearTheme(now.view.theme);
  });
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
      todo: `The lab still works without it. ${isEmbed ? 'Or open it in a tab of its own.' : ERROR_ADVICE.CONTEXT_INSECURE}`,
    });
  }
  // The development server changes its files all the time; a frame keeps no copy of the lab for every page it is in.
  if (import.meta.env.PROD && !isEmbed) followOffline(store);
  followAddress({
    store,
    start(hash) {
      if (asksEmbed(hash) === isEmbed) return start(hash);
      // What an embed may do is settled before its store is made; nothing follows until the page is there again.
      location.reload();
      return new Promise(() => undefined);
    },
  });
}

const root = document.getElementById('root');
if (root !== null) run(root);
