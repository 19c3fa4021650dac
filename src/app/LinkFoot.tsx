import { useState } from 'react';
import { tabAddress } from '../platform/framing.ts';
import { useLab } from '../stations/useLab.ts';
import { Button } from '../ui/controls/index.ts';
import './linkFoot.css';

/** At the foot of an embed: what it is, and the way to a tab of its own. */
export function EmbedFoot() {
  const [address, setAddress] = useState(() => tabAddress(location.href));
  // The address follows what is changed in the frame: it is read again before anyone can follow it.
  const renew = () => setAddress(tabAddress(location.href));
  return (
    <footer className="link-foot">
      <span>dreaMLearning Lab</span>
      <span aria-hidden="true">·</span>
      <a
        href={address}
        target="_blank"
        rel="noopener"
        onPointerEnter={renew}
        onPointerDown={renew}
        onFocus={renew}
      >
        Open in a tab
      </a>
    </footer>
  );
}

/** Where a link hides or fixes controls: that it does, and the way to have them all. */
export function ControlsFoot() {
  const { hide, hideControls, lock } = useLab((lab) => lab.view);
  const look = useLab((lab) => lab.look);
  if (hide.length + hideControls.length + lock.length === 0) return null;
  return (
    <aside className="link-foot" aria-label="Controls">
      <span>The link hides or fixes some of the controls.</span>
      <Button variant="quiet" onPress={() => look({ hide: [], hideControls: [], lock: [] })}>
        Show and free them all
      </Button>
    </aside>
  );
}
