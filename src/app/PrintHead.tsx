import { useEffect, useState } from 'react';
import { flushSync } from 'react-dom';
import { openName, useLabParts } from '../stations/useLab.ts';
import { tabAddress } from '../platform/framing.ts';

/** Characters of an address that are printed: one that carries a lesson takes pages. */
const LONGEST = 1500;

/** At the top of what is printed, and only there: what this is, of which data, and the link that brings it back. */
export function PrintHead() {
  const { name, target } = useLabParts((lab) => ({
    name: openName(lab),
    target: lab.kind === 'images' ? null : lab.settings.target,
  }));
  /** Null where nothing is being printed: on a screen it would be one more text to read out and to search. */
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    // The page is laid out for paper as soon as the event is over: what it shows has to be there by then.
    const begin = () => flushSync(() => setAddress(tabAddress(location.href)));
    const end = () => setAddress(null);
    addEventListener('beforeprint', begin);
    addEventListener('afterprint', end);
    return () => {
      removeEventListener('beforeprint', begin);
      removeEventListener('afterprint', end);
    };
  }, []);
  if (address === null) return null;
  return (
    <div className="print-head">
      <p>
        <strong>dreaMLearning Lab</strong>
        {name !== null && ` · ${name}`}
        {target !== null && `, predicting ${target}`}
      </p>
      {address.length > LONGEST ? (
        <p>The link of this page is too long for paper: copy it from Share.</p>
      ) : (
        <p className="print-link">
          <a href={address}>{address}</a>
        </p>
      )}
    </div>
  );
}
