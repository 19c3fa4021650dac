import { useEffect } from 'react';
import { STATION_NAMES, type PageName } from '../contracts/link.ts';

interface Shortcuts {
  goTo: (page: PageName) => void;
  openFile: () => void;
  lessons: () => void;
  help: () => void;
  undo: () => void;
  redo: () => void;
  /** Null while a figure is presented, which has keys of its own. */
  present: (() => void) | null;
}

/** Whether keys belong to what is focused: a text field, or an open dialog or list. */
function isTaken(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false;
  return (
    target.closest(
      'input:not([type=range], [type=checkbox], [type=radio]), textarea, select, [contenteditable], [role=dialog], [role=alertdialog], [role=menu], [role=listbox]',
    ) !== null
  );
}

/**
 * 1–5 for the stations, H for how it works, P for the paper, L for the lessons, O to open a file, F to present, ? for
 * help, Ctrl+Z and Ctrl+Y; not while something is typed.
 */
export function useShortcuts({ goTo, openFile, lessons, help, undo, redo, present }: Shortcuts): void {
  useEffect(() => {
    function onKey(event: KeyboardEvent): void {
      if (event.defaultPrevented || event.altKey || isTaken(event.target)) return;
      if (event.ctrlKey || event.metaKey) {
        const key = event.key.toLowerCase();
        if (key === 'y' || (key === 'z' && event.shiftKey)) redo();
        else if (key === 'z') undo();
        else return;
        event.preventDefault();
        return;
      }
      const number = /^[1-5]$/.test(event.key) ? Number(event.key) : 0;
      if (number > 0) goTo(STATION_NAMES[number - 1]);
      else if (event.key === 'h' || event.key === 'H') goTo('how');
      else if (event.key === 'p' || event.key === 'P') goTo('paper');
      else if (event.key === 'l' || event.key === 'L') lessons();
      else if ((event.key === 'f' || event.key === 'F') && present !== null) present();
      else if (event.key === '?') help();
      else if (event.key === 'o' || event.key === 'O') openFile();
      else return;
      event.preventDefault();
    }
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [goTo, openFile, lessons, help, undo, redo, present]);
}
