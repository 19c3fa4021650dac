import { useEffect, useState } from 'react';
import { useLab } from '../stations/useLab.ts';
import { UploadIcon } from '../ui/controls/index.ts';
import { TransferCard } from './TransferCard.tsx';
import './dropOverlay.css';

function carriesFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') ?? false;
}

/** A file dropped anywhere on the page is opened, or taken in if it is an archive; files on their way are shown. */
export function DropOverlay() {
  const load = useLab((lab) => lab.load);
  const say = useLab((lab) => lab.say);
  const [isOver, setOver] = useState(false);

  useEffect(() => {
    // dragenter and dragleave fire for every element that is crossed.
    let depth = 0;
    const listeners = new AbortController();
    const { signal } = listeners;

    addEventListener(
      'dragenter',
      (event) => {
        if (!carriesFiles(event)) return;
        event.preventDefault();
        depth++;
        setOver(true);
      },
      { signal },
    );
    addEventListener(
      'dragover',
      (event) => {
        if (!carriesFiles(event)) return;
        event.preventDefault();
        if (event.dataTransfer) event.dataTransfer.dropEffect = 'copy';
      },
      { signal },
    );
    addEventListener(
      'dragleave',
      (event) => {
        if (!carriesFiles(event)) return;
        depth = Math.max(0, depth - 1);
        if (depth === 0) setOver(false);
      },
      { signal },
    );
    addEventListener(
      'drop',
      (event) => {
        if (!carriesFiles(event)) return;
        event.preventDefault();
        depth = 0;
        setOver(false);
        const files = event.dataTransfer?.files;
        if (files === undefined || files.length === 0) return;
        if (files.length > 1) {
          say({
            tone: 'info',
            code: null,
            what: `${files.length} files were dropped; ${files[0].name} is opened.`,
            todo: null,
          });
        }
        void load({ kind: 'file', file: files[0] });
      },
      { signal },
    );
    return () => listeners.abort();
  }, [load, say]);

  return (
    <>
      <TransferCard />
      {isOver && (
        <div className="drop-overlay">
          <div className="drop-card">
            <UploadIcon />
            <p>Drop the file to open it</p>
            <p className="soft small">
              A table (CSV, TSV, LIBSVM or Parquet, .gz too) or an archive (.dmla). It stays on this machine.
            </p>
          </div>
        </div>
      )}
    </>
  );
}
