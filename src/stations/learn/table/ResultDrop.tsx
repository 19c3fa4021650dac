import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { DroppedFile } from '../../../contracts/images.ts';
import type { Gathered } from '../../../contracts/sql.ts';
import { droppedFiles } from '../../../platform/droppedFiles.ts';
import { useLabParts } from '../../useLab.ts';
import { failure, queryOf, readResult, withResults } from './gatheredFiles.ts';

interface ResultDropProps {
  gathered: Gathered;
  onGather: (gathered: Gathered) => void;
  children: ReactNode;
}

/** Results of the gathering queries may be dropped on what is in it; any other file is opened as everywhere. */
export function ResultDrop({ gathered, onGather, children }: ResultDropProps) {
  const place = useRef<HTMLDivElement>(null);
  const [isOver, setOver] = useState(false);
  const { say, loadFiles } = useLabParts((lab) => ({ say: lab.say, loadFiles: lab.loadFiles }));

  useEffect(() => {
    const listeners = new AbortController();
    const listen = (type: 'dragenter' | 'dragover' | 'dragleave' | 'drop', act: (event: DragEvent) => void) =>
      place.current?.addEventListener(
        type,
        (event) => {
          if (event.dataTransfer?.types.includes('Files') === true) act(event);
        },
        { signal: listeners.signal },
      );

    async function take(dropped: Promise<DroppedFile[]>): Promise<void> {
      try {
        const files = await dropped;
        const texts = await resultsAmong(files);
        if (texts === null) {
          void loadFiles(files);
          return;
        }
        const next = withResults(gathered, texts);
        if (next !== null) onGather(next);
        else
          say({
            ...{ tone: 'warning', code: null, what: 'These are ones per bit of ranges that are not here.' },
            todo: 'Drop the ranges first.',
          });
      } catch (thrown) {
        say(failure(thrown));
      }
    }

    const over = (event: DragEvent): void => {
      event.preventDefault();
      setOver(true);
    };
    listen('dragenter', over);
    listen('dragover', over);
    listen('dragleave', (event) => {
      if (!(event.relatedTarget instanceof Node && place.current?.contains(event.relatedTarget) === true))
        setOver(false);
    });
    listen('drop', (event) => {
      event.preventDefault();
      setOver(false);
      // What was dropped can only be asked for now.
      if (event.dataTransfer !== null) void take(droppedFiles(event.dataTransfer));
    });
    return () => listeners.abort();
  }, [gathered, onGather, say, loadFiles]);

  return (
    <div ref={place} className={isOver ? 'sql-drop sql-drop-over' : 'sql-drop'}>
      {children}
    </div>
  );
}

/** Texts of the files where all are results: one of each query at most, else null. */
async function resultsAmong(files: readonly DroppedFile[]): Promise<string[] | null> {
  if (files.length === 0 || files.length > 2) return null;
  const texts = await Promise.all(files.map(({ file }) => readResult(file)));
  const queries = new Set(texts.map(queryOf));
  return queries.has(null) || queries.size < texts.length ? null : texts;
}
