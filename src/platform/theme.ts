/**
 * The colour theme: a choice that is kept, and the theme that follows from it in `data-theme` of the root element.
 * public/theme.js does the same before the first paint.
 */

export type ThemeChoice = 'light' | 'dark' | 'system';
export type Theme = 'light' | 'dark';

const STORAGE_KEY = 'dml-theme';
const DARK_QUERY = '(prefers-color-scheme: dark)';

/** The theme that a link asks for: it holds until another one is chosen, and is not kept. */
let linked: Theme | null = null;

/** The kept choice; 'system' where none is kept or the browser forbids storage. */
export function readThemeChoice(): ThemeChoice {
  try {
    const stored = localStorage.getItem(STORAGE_KEY);
    return stored === 'light' || stored === 'dark' ? stored : 'system';
  } catch {
    return 'system';
  }
}

function resolveTheme(choice: ThemeChoice): Theme {
  if (choice !== 'system') return choice;
  return matchMedia(DARK_QUERY).matches ? 'dark' : 'light';
}

/** Keeps the choice, if the browser lets it, and applies it. Returns the theme that follows from it. */
export function chooseTheme(choice: ThemeChoice): Theme {
  try {
    if (choice === 'system') localStorage.removeItem(STORAGE_KEY);
    else localStorage.setItem(STORAGE_KEY, choice);
  } catch {
    // Without storage the choice holds until the page is left.
  }
  linked = null;
  return apply(resolveTheme(choice));
}

/** Wears the theme that a link asks for; null goes back to the reader's own choice. */
export function wearTheme(theme: Theme | null): void {
  linked = theme;
  apply(theme ?? resolveTheme(readThemeChoice()));
}

function apply(theme: Theme): Theme {
  document.documentElement.dataset.theme = theme;
  return theme;
}

/**
 * Applies changes of the system's theme while `currentChoice` says 'system'.
 * @returns a function that stops it
 */
export function followSystemTheme(
  currentChoice: () => ThemeChoice,
  onTheme?: (theme: Theme) => void,
): () => void {
  const query = matchMedia(DARK_QUERY);
  const follow = () => {
    if (linked !== null || currentChoice() !== 'system') return;
    const theme = apply(resolveTheme('system'));
    onTheme?.(theme);
  };
  query.addEventListener('change', follow);
  return () => {
    query.removeEventListener('change', follow);
  };
}

/**
 * Paper is white: while the page is printed, its colours are those of the light theme.
 * @returns a function that stops it
 */
export function printLight(): () => void {
  const root = document.documentElement;
  let shown: string | undefined;
  const begin = () => {
    shown ??= root.dataset.theme;
    root.dataset.theme = 'light';
  };
  const end = () => {
    if (shown !== undefined) root.dataset.theme = shown;
    shown = undefined;
  };
  addEventListener('beforeprint', begin);
  addEventListener('afterprint', end);
  return () => {
    removeEventListener('beforeprint', begin);
    removeEventListener('afterprint', end);
  };
}
