import './takeAway.css';

interface CodeTextProps {
  /** What it is, to a screen reader. */
  label: string;
  children: string;
}

/** A program or query, to be read and copied. */
export function CodeText({ label, children }: CodeTextProps) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls by the arrow keys, so it takes focus
    <pre className="take-code" role="group" aria-label={label} tabIndex={0}>
      {children}
    </pre>
  );
}
