import type { ReactNode } from 'react';
import { InfoIcon, WarningIcon } from './icons.tsx';
import { Button } from './Button.tsx';
import './notice.css';

interface NoticeProps {
  tone?: 'info' | 'warning' | 'error';
  children: ReactNode;
}

/** A framed remark with an icon; its words say everything that its colour says. */
export function Notice({ tone = 'info', children }: NoticeProps) {
  return (
    <div className={`notice notice-${tone}`}>
      {tone === 'info' ? <InfoIcon /> : <WarningIcon />}
      <div className="notice-body">{children}</div>
    </div>
  );
}

interface ErrorNoticeProps {
  error: { code: string; what: string; todo: string };
  /** Offered as a button when trying again makes sense. */
  onRetry?: (() => void) | undefined;
  /** The button's words. */
  retry?: string;
  /** Not read out by itself: something else has said it already. */
  isQuiet?: boolean;
}

/** An error where it happened: what, what to do, and the code to look it up by. */
export function ErrorNotice({ error, onRetry, retry = 'Try again', isQuiet = false }: ErrorNoticeProps) {
  return (
    <div className="notice notice-error" role={isQuiet ? undefined : 'alert'}>
      <WarningIcon />
      <div className="notice-body">
        <p className="notice-what">{error.what}</p>
        <p>{error.todo}</p>
        <p className="notice-code">
          <code>{error.code}</code>
        </p>
        {onRetry !== undefined && (
          <p>
            <Button onPress={onRetry}>{retry}</Button>
          </p>
        )}
      </div>
    </div>
  );
}
