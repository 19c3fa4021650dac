import { lazy, Suspense, useState } from 'react';
import { Button, IconButton, ShareIcon, usePhone } from '../../ui/controls/index.ts';

const ShareDialog = lazy(() => import('./ShareDialog.tsx').then((m) => ({ default: m.ShareDialog })));

/** The way to the Share dialog, which is fetched when it is first asked for. */
export function ShareButton() {
  const isPhone = usePhone();
  const [isOpen, setOpen] = useState(false);
  const [isAsked, setAsked] = useState(false);
  const act = {
    icon: <ShareIcon />,
    onPress() {
      setAsked(true);
      setOpen(true);
    },
  };
  return (
    <>
      {isPhone ? <IconButton label="Share" {...act} /> : <Button {...act}>Share</Button>}
      {isAsked && (
        <Suspense fallback={null}>
          <ShareDialog isOpen={isOpen} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
