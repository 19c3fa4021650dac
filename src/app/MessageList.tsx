import { openName, useLab, useLabParts } from '../stations/useLab.ts';
import { Button, CloseIcon, IconButton, InfoIcon, WarningIcon } from '../ui/controls/index.ts';
import type { Lab, Message } from '../stations/lab.ts';
import './messages.css';

/** Messages in the corner. Errors interrupt a screen reader, the rest waits for its turn. */
export function MessageList() {
  const messages = useLab((lab) => lab.messages);
  const errors = messages.filter(({ tone }) => tone === 'error');
  const remarks = messages.filter(({ tone }) => tone !== 'error');
  return (
    <section className="messages" aria-label="Messages">
      <div role="status" aria-live="polite" aria-relevant="additions">
        {remarks.map((message) => (
          <MessageCard key={message.id} message={message} />
        ))}
      </div>
      <div role="alert" aria-live="assertive" aria-relevant="additions">
        {errors.map((message) => (
          <MessageCard key={message.id} message={message} />
        ))}
      </div>
    </section>
  );
}

function MessageCard({ message }: { message: Message }) {
  const dismiss = useLab((lab) => lab.dismiss);
  const { id, tone, code, what, todo, undo, action } = message;
  return (
    <div className={`message message-${tone}`}>
      {tone === 'info' ? <InfoIcon /> : <WarningIcon />}
      <div className="message-body">
        <p className="message-what">{what}</p>
        {todo !== null && <p>{todo}</p>}
        {code !== null && (
          <p className="message-code">
            <code>{code}</code>
          </p>
        )}
        {action !== null && <Button onPress={action.run}>{action.label}</Button>}
      </div>
      {undo !== null && <Button onPress={undo}>Undo</Button>}
      <IconButton label="Dismiss" icon={<CloseIcon />} variant="quiet" onPress={() => dismiss(id)} />
    </div>
  );
}

const openTask = ({ kind, images, dataset }: Lab) => (kind === 'images' ? images.dataset : dataset);
const isFresh = ({ status, stale }: { status: string; stale: boolean }) => status === 'done' && !stale;

/** What finished, for those who do not see the rail. */
export function Announcer() {
  const { dataset, archive, full, sweep } = useLabParts((lab) => ({
    dataset: openTask(lab).status === 'done' ? (openName(lab) ?? undefined) : undefined,
    archive: isFresh(lab.kind === 'images' ? lab.images.archive : lab.archive),
    full: lab.learn.full.descent.value?.stop,
    sweep: (lab.kind === 'images' ? lab.images : lab).sweep.status,
  }));
  const said = [
    dataset === undefined ? '' : `${dataset} is open.`,
    archive ? 'Archive written.' : '',
    full === undefined || full === 'running' ? '' : 'Full training has ended.',
    sweep === 'done' ? 'Sweep finished.' : '',
  ];
  return (
    <div className="visually-hidden" role="log" aria-label="What finished">
      {said.map((text, index) => (
        <p key={index}>{text}</p>
      ))}
    </div>
  );
}
