import { lazy, memo, Suspense, useEffect, useRef, useState, type ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { Tooltip, TooltipTrigger } from 'react-aria-components/Tooltip';
import { GLOSSARY, type TermName } from './glossary.ts';
import './glossary.css';

const Picture = lazy(() => import('./TermPicture.tsx').then((m) => ({ default: m.TermPicture })));

/** Milliseconds until a word that is pointed at is explained, and until its words leave again. */
const DELAY = 200;
const CLOSE_DELAY = 150;
/** Focus may scroll a word into view, and scrolling closes what is open: words open once that is over. */
const SETTLED = 60;

interface TermProps {
  name: TermName;
  /** The word as the sentence has it; by default as the glossary has it. */
  children?: ReactNode;
}

/** A dotted word: two lines and a small picture on what it means, on hover, on focus and on a tap; Escape closes. */
export const Term = memo(function Term({ name, children }: TermProps) {
  const { word, role } = GLOSSARY[name];
  const trigger = useRef<HTMLButtonElement>(null);
  const words = useRef<HTMLDivElement>(null);
  const isWanted = useRef({ hover: false, focus: false });
  const due = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [isOpen, setOpen] = useState(false);

  function follow(open: boolean): void {
    clearTimeout(due.current);
    if (!open) {
      setOpen(false);
      return;
    }
    due.current = setTimeout(() => {
      if (isWanted.current.hover || isWanted.current.focus) setOpen(true);
    }, SETTLED);
  }

  useEffect(() => () => clearTimeout(due.current), []);

  // A tap beside it takes no focus everywhere.
  useEffect(() => {
    if (!isOpen) return undefined;
    function onPointerDown({ target }: PointerEvent): void {
      if (!(target instanceof Node)) return;
      if (trigger.current?.contains(target) !== true && words.current?.contains(target) !== true)
        setOpen(false);
    }
    document.addEventListener('pointerdown', onPointerDown, true);
    return () => document.removeEventListener('pointerdown', onPointerDown, true);
  }, [isOpen]);

  return (
    <TooltipTrigger
      delay={DELAY}
      closeDelay={CLOSE_DELAY}
      shouldCloseOnPress={false}
      isOpen={isOpen}
      onOpenChange={follow}
    >
      <Button
        ref={trigger}
        className={role === undefined ? 'term' : `term role-${role}`}
        onHoverChange={(hover) => {
          isWanted.current.hover = hover;
        }}
        onFocusChange={(focus) => {
          isWanted.current.focus = focus;
        }}
        // A finger neither hovers nor shows focus: its taps open and close. Any other press opens.
        onPress={({ pointerType }) => setOpen(pointerType === 'touch' ? !isOpen : true)}
      >
        {children ?? word}
      </Button>
      <Tooltip ref={words} className="term-words" offset={4}>
        <TermWords name={name} />
      </Tooltip>
    </TooltipTrigger>
  );
});

/** What is said of a word, beside its picture. */
function TermWords({ name }: { name: TermName }) {
  const { word, meaning, role } = GLOSSARY[name];
  return (
    <>
      <Suspense fallback={<span className="term-picture" />}>
        <Picture name={name} />
      </Suspense>
      <b className={role === undefined ? undefined : `role-${role}`}>{word}</b>
      <span className="term-meaning">{meaning}</span>
    </>
  );
}
