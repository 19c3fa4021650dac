import type { ReactNode } from 'react';
import { Dialog, DialogTrigger } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { Button, IconButton } from './Button.tsx';
import { CloseIcon } from './icons.tsx';
import './dialogs.css';

interface SheetProps {
  title: string;
  isOpen: boolean;
  onClose: () => void;
  children: ReactNode;
}

/** A dialog to read: closed by Escape, by a click outside or by its button. */
export function Sheet({ title, isOpen, onClose, children }: SheetProps) {
  return (
    <ModalOverlay
      className="overlay"
      isDismissable
      isOpen={isOpen}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <Modal className="modal">
        <Dialog className="dialog">
          <header className="dialog-head">
            <Heading slot="title" level={2}>
              {title}
            </Heading>
            <IconButton label="Close" icon={<CloseIcon />} variant="quiet" onPress={onClose} />
          </header>
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls by the arrow keys, so it takes focus */}
          <div className="dialog-body" tabIndex={0} role="group" aria-label={title}>
            {children}
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

interface ConfirmProps {
  /** The button that asks. */
  trigger: ReactNode;
  title: string;
  /** What will happen, and that it cannot be undone. */
  children: ReactNode;
  confirm: string;
  onConfirm: () => void;
}

/** Asks before something that cannot be undone; the safe answer has the focus. */
export function Confirm({ trigger, title, children, confirm, onConfirm }: ConfirmProps) {
  return (
    <DialogTrigger>
      {trigger}
      <ModalOverlay className="overlay">
        <Modal className="modal modal-small">
          <Dialog className="dialog" role="alertdialog">
            {({ close }) => (
              <>
                <header className="dialog-head">
                  <Heading slot="title" level={2}>
                    {title}
                  </Heading>
                </header>
                <div className="dialog-body">{children}</div>
                <footer className="dialog-foot">
                  {/* oxlint-disable-next-line jsx-a11y/no-autofocus -- a dialog moves the focus, here to the safe answer */}
                  <Button autoFocus onPress={close}>
                    Keep
                  </Button>
                  <Button
                    variant="danger"
                    onPress={() => {
                      close();
                      onConfirm();
                    }}
                  >
                    {confirm}
                  </Button>
                </footer>
              </>
            )}
          </Dialog>
        </Modal>
      </ModalOverlay>
    </DialogTrigger>
  );
}
