/**
 * The address follows the lab, and the lab follows Back and Forward. Another page and another dataset are entries of
 * the browser's history; settings change the entry that is there, and have an undo of their own.
 */
import { readLink, writeLink, type LinkedExperiment, type PageName } from '../contracts/link.ts';
import { onAddress, readHash, writeHash } from '../platform/hash.ts';
import type { Lab } from '../stations/lab.ts';
import { openId, openName } from '../stations/useLab.ts';
import type { LabStore } from './store.ts';

/** Milliseconds of quiet before the address follows a setting. */
const QUIET = 400;

/** What tells one entry of the history from the next. */
interface Place {
  /** Sample or id of the dataset; null where the link names none. */
  data: string | null;
  page: PageName;
  paperTable: number;
}

/** The place that a link leads to. */
function placeOf({ data, station, paperTable = 1 }: LinkedExperiment): Place {
  const name = data === null ? null : data.kind === 'sample' ? data.id : data.datasetId;
  return { data: name, page: station ?? 'data', paperTable };
}

function isSamePlace(a: Place, b: Place): boolean {
  return a.data === b.data && a.page === b.page && a.paperTable === b.paperTable;
}

/** Whether all that the address says is as it was. */
function isSameAddress(now: Lab, before: Lab): boolean {
  return (
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
    now.dataset.value === before.dataset.value
  );
}

/**
 * Starts the lab at what the address says, and keeps both in step from then on.
 *
 * @param mustReload whether an address asks for something that is settled when the page is loaded
 */
export function followAddress(
  { store, start }: Pick<LabStore, 'store' | 'start'>,
  mustReload: (hash: string) => boolean = () => false,
): void {
  /** The entry that is shown; null until the lab has written it. */
  let at: Place | null = null;
  /** Starts from an address that have not opened their dataset yet. */
  let starting = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function write(): void {
    clearTimeout(timer);
    const lab = store.getState();
    // While a link waits for its file, the address goes on naming that file.
    if (starting > 0 || openName(lab) === null || lab.awaited !== null) return;
    const hash = lab.link().split('#')[1] ?? '';
    const place = placeOf(readLink(hash).experiment);
    // A frame has no history of its own: its entries would be steps of the page around it.
    const isNew = at !== null && !lab.view.embed && !isSamePlace(at, place);
    if (writeHash(hash, isNew)) at = place;
    else timer = setTimeout(write, 2 * QUIET);
  }

  async function begin(hash: string): Promise<void> {
    starting++;
    try {
      await start(hash);
    } finally {
      starting--;
      at = null;
      write();
    }
  }

  /**
   * An entry of the same dataset shows its page; the settings stay, and what was computed with them. So does a lesson:
   * Back turns the page as everywhere, and the card offers its step again. Its own Back is the way to the step before.
   */
  function travel(hash: string): void {
    const { experiment } = readLink(hash);
    const to = placeOf(experiment);
    if (at === null || to.data === null || to.data !== at.data) {
      const { lesson, lessonFile } = store.getState().view;
      void begin(
        lesson === null && experiment.view.lesson === null
          ? hash
          : writeLink({ ...experiment, view: { ...experiment.view, lesson, lessonFile } }),
      );
      return;
    }
    at = to;
    const { goTo, showPaperTable } = store.getState();
    showPaperTable(to.paperTable);
    goTo(to.page);
    write();
  }

  store.subscribe((now, before) => {
    if (isSameAddress(now, before)) return;
    clearTimeout(timer);
    // An entry has to be there before Back can be pressed.
    const isElsewhere =
      now.station !== before.station ||
      now.paperTable !== before.paperTable ||
      openId(now) !== openId(before);
    if (isElsewhere) write();
    else timer = setTimeout(write, QUIET);
  });
  onAddress((hash, isOwn) => {
    clearTimeout(timer);
    if (mustReload(hash)) location.reload();
    else if (isOwn) travel(hash);
    else void begin(hash);
  });
  void begin(readHash());
}
