import { useLabParts } from '../stations/useLab.ts';
import { ProgressLine } from '../ui/controls/index.ts';
import './transferCard.css';

/** A file on its way in or out, on whichever station: what it is, how far, and a way to stop it. */
export function TransferCard() {
  const { transfer, cancel } = useLabParts((lab) => ({
    transfer: lab.transfer,
    cancel: lab.cancelTransfer,
  }));
  if (transfer === null) return null;
  return (
    <section className="transfer-card" aria-label={transfer.what}>
      <p className="transfer-what">{transfer.what}</p>
      <ProgressLine progress={transfer.task.progress} label="Starting" onCancel={cancel} />
    </section>
  );
}
