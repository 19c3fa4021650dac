import { useEffect, useState, type ReactNode } from 'react';
import type { Lab } from '../stations/lab.ts';
import type { Message } from '../stations/lab/messages.ts';
import { openName, useLab, useLabParts } from '../stations/useLab.ts';
import {
  Button,
  CloseIcon,
  IconButton,
  InfoIcon,
  NextIcon,
  usePhone,
  WarningIcon,
} from '../ui/controls/index.ts';
import './messages.css';

/** What has just happened, one message at a time: above a station's controls, elsewhere in a line under the rail. */
export function MessageList() {
  const messages = useLab((lab) => lab.messages);
  return (
    <MessageRegion
      label="Messages"
      className="messages"
      messages={messages.filter(({ opening }) => opening === null)}
    />
  );
}

/** What there is to say of the dataset that was asked for, in a line under the rail. */
export function OpeningMessages() {
  const { messages, station, tables, pictures } = useLabParts((lab) => ({
    messages: lab.messages,
    station: lab.station,
    tables: lab.dataset,
    pictures: lab.images.dataset,
  }));
  // Data says itself why something could not be opened.
  const failures = [tables, pictures].flatMap(({ status, error }) =>
    station === 'data' && status === 'failed' && error !== null ? error.what : [],
  );
  return (
    <MessageRegion
      label="About what was opened"
      className="opening-messages"
      messages={messages.filter(({ opening, what }) => opening !== null && !failures.includes(what))}
    />
  );
}

interface MessageRegionProps {
  label: string;
  className: string;
  messages: readonly Message[];
}

/** The messages of a place, one at a time. Errors interrupt a screen reader, the rest waits for its turn. */
function MessageRegion({ label, className, messages }: MessageRegionProps) {
  const { shown, isHeld, setHeld, turn } = useTurns(messages);
  const card = shown !== null && (
    <MessageCard message={messages[shown]} isHeld={isHeld} onHold={setHeld}>
      {messages.length > 1 && (
        <span className="message-turn">
          {shown + 1} of {messages.length}
          <IconButton label="Next message" icon={<NextIcon />} variant="quiet" onPress={turn} />
        </span>
      )}
    </MessageCard>
  );
  const isError = shown !== null && messages[shown].tone === 'error';
  return (
    <section className={className} aria-label={label}>
      <div role="status" aria-live="polite">
        {!isError && card}
      </div>
      <div role="alert" aria-live="assertive">
        {isError && card}
      </div>
    </section>
  );
}

/** Which message is shown: the first that is new, unless someone is at another one; after it the next, then the last. */
function useTurns(messages: readonly Message[]): {
  /** Its place in the list, or null. */
  shown: number | null;
  isHeld: boolean;
  setHeld: (isHeld: boolean) => void;
  turn: () => void;
} {
  const [isHeld, setHeld] = useState(false);
  const [state, setState] = useState({ id: 0, seen: 0 });
  const newest = messages.at(-1)?.id ?? 0;
  if (newest > state.seen && !isHeld)
    setState({ id: messages.find(({ id }) => id > state.seen)?.id ?? newest, seen: newest });
  const at = messages.findIndex(({ id }) => id >= state.id);
  const shown = messages.length === 0 ? null : at < 0 ? messages.length - 1 : at;
  return {
    ...{ shown, isHeld, setHeld },
    turn: () =>
      setState({ id: messages[((shown ?? 0) + 1) % messages.length].id, seen: Math.max(state.seen, newest) }),
  };
}

/** On a phone a message of more characters is folded to two lines. */
const LONG = 110;

interface MessageCardProps {
  message: Message;
  /** Whether the pointer or the focus is in it. */
  isHeld: boolean;
  onHold: (isHeld: boolean) => void;
  children: ReactNode;
}

function MessageCard({ message, isHeld, onHold, children }: MessageCardProps) {
  const { dismiss, holdMessages } = useLabParts((lab) => ({
    dismiss: lab.dismiss,
    holdMessages: lab.holdMessages,
  }));
  const { id, tone, code, what, todo, undo, action } = message;
  const [unfolded, setUnfolded] = useState<number | null>(null);
  const isLong = [what, todo, code].join(' ').length > LONG;
  const canFold = usePhone() && isLong;
  const isFolded = canFold && unfolded !== id;
  /** What was pressed may be answered by another message: it is not kept from being seen. */
  const pressed = (run: () => void) => () => {
    onHold(false);
    run();
  };
  useEffect(() => {
    holdMessages(isHeld);
    return () => holdMessages(false);
  }, [isHeld, holdMessages]);
  // What goes under the pointer does not say that the pointer has left it.
  useEffect(() => () => onHold(false), [onHold]);
  return (
    <div
      className={`message message-${tone}`}
      onPointerEnter={() => onHold(true)}
      onPointerLeave={() => onHold(false)}
      onFocus={() => onHold(true)}
      onBlur={({ currentTarget, relatedTarget }) => {
        if (!currentTarget.contains(relatedTarget)) onHold(false);
      }}
    >
      {tone === 'info' ? <InfoIcon /> : <WarningIcon />}
      <div className="message-body">
        <div key={id} className={isFolded ? 'message-words message-folded' : 'message-words'}>
          <p className="message-what">{what}</p>
          {todo !== null && <p>{todo}</p>}
          {code !== null && (
            <p className="message-code">
              <code>{code}</code>
            </p>
          )}
        </div>
        {(canFold || action !== null || undo !== null || children !== false) && (
          <div className="message-actions">
            {canFold && (
              <Button
                variant="quiet"
                aria-expanded={!isFolded}
                onPress={() => setUnfolded(isFolded ? id : null)}
              >
                {isFolded ? 'More' : 'Less'}
              </Button>
            )}
            {action !== null && <Button onPress={pressed(action.run)}>{action.label}</Button>}
            {undo !== null && <Button onPress={pressed(undo)}>Undo</Button>}
            {children}
          </div>
        )}
      </div>
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
