import { Fragment, type ReactNode } from 'react';
import type { TermName } from './glossary.ts';
import { Term } from './Term.tsx';

/**
 * A sentence that is plain text elsewhere, with some of its words dotted.
 *
 * @param phrases words as the sentence has them, with what they are; one that it does not have is passed over, and of
 *   one that it has several times the first is dotted
 */
export function withTerms(text: string, phrases: Readonly<Record<string, TermName>>): ReactNode {
  const found = Object.entries(phrases)
    .map(([phrase, name]) => ({ phrase, name, at: text.indexOf(phrase) }))
    .filter(({ at }) => at >= 0)
    .sort((a, b) => a.at - b.at);
  if (found.length === 0) return text;
  let end = 0;
  const parts: ReactNode[] = [];
  for (const { phrase, name, at } of found) {
    // A word within one that is dotted already.
    if (at < end) continue;
    parts.push(
      <Fragment key={phrase}>
        {text.slice(end, at)}
        <Term name={name}>{phrase}</Term>
      </Fragment>,
    );
    end = at + phrase.length;
  }
  return [...parts, text.slice(end)];
}
