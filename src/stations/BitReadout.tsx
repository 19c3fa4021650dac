import './bitMaps.css';

interface BitReadoutProps {
  words: {
    name: string;
    numbers: string;
    /** Null of a bit, or a coefficient, that has no role of its own. */
    role: string | null;
    roleWords: string;
    rank?: string;
  } | null;
  /** Said while nothing is pointed at. */
  hint: string;
  /** Whether it is read out as it changes. */
  isLive: boolean;
}

/** What the bit under the pointer or cursor is; two lines are kept free for it. */
export function BitReadout({ words, hint, isLive }: BitReadoutProps) {
  return (
    <div className="bit-readout" aria-live={isLive ? 'polite' : 'off'}>
      {words === null ? (
        <p>{hint}</p>
      ) : (
        <>
          <p>
            <b>{words.name}</b> · {words.numbers}
          </p>
          <p>
            <span className={words.role === null ? undefined : `role-${words.role}`}>{words.roleWords}</span>
            {words.rank !== undefined && ` · ${words.rank}`}
          </p>
        </>
      )}
    </div>
  );
}
