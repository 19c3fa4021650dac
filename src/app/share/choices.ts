/** What is chosen in the Share dialog, and what a link says of it. */
import { standingIn, type ControlStanding, type LinkedView, type PageName } from '../../contracts/link.ts';
import type { PageState } from '../../stations/lab/page.ts';

export interface ShareChoices {
  station: PageName;
  /** The one figure that is shown, or null for the whole page. */
  figure: string | null;
  /** Whether the page's controls are all hidden. */
  hidesAll: boolean;
  /** Controls that are fixed or hidden, by their names in links. */
  controls: Readonly<Record<string, Exclude<ControlStanding, 'shown'>>>;
  theme: LinkedView['theme'];
  autoplay: boolean;
  present: boolean;
}

/** What the page shows now, as the choices that would show it again. */
export function choicesFrom({ station, view }: PageState): ShareChoices {
  const { figure, theme, autoplay, present } = view;
  const named = [...view.hideControls, ...view.lock].flatMap((control) => {
    const standing = standingIn(view, control);
    return standing === 'shown' ? [] : [[control, standing] as const];
  });
  return {
    station: station === 'start' ? 'bits' : station,
    hidesAll: view.hide.includes(station),
    controls: Object.fromEntries(named),
    ...{ figure, theme, autoplay, present },
  };
}

/** With this control as it is to be. */
export function withControl(choices: ShareChoices, control: string, standing: ControlStanding): ShareChoices {
  const { [control]: _, ...others } = choices.controls;
  return { ...choices, controls: standing === 'shown' ? others : { ...others, [control]: standing } };
}

/**
 * @param isEmbed whether the link is for a frame; there nothing is presented, since the page around it has the screen
 * @param now how things are shown here: what it hides on other pages stays as it is
 */
export function viewFrom(choices: ShareChoices, isEmbed: boolean, now: LinkedView): LinkedView {
  const { station, figure, hidesAll, controls, theme, autoplay, present } = choices;
  const named = (standing: ControlStanding): string[] =>
    Object.keys(controls).filter((control) => controls[control] === standing);
  const others = now.hide.filter((page) => page !== station);
  return {
    ...now,
    embed: isEmbed,
    present: present && !isEmbed,
    figure,
    hide: hidesAll ? [...others, station] : others,
    hideControls: named('hidden'),
    lock: named('locked'),
    theme,
    autoplay,
  };
}

/** The name of a figure in words: "bit-map" is "Bit map". */
export function figureWords(name: string): string {
  const words = name.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
