import { useEffect, useState } from 'react';
import { LabError } from '../contracts/errors.ts';
import { droppedFiles } from '../platform/droppedFiles.ts';
import { useLab } from '../stations/useLab.ts';
import { UploadIcon } from '../ui/controls/index.ts';
import './dropOverlay.css';

function carriesFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') ?? false;
}

/**
 * What is dropped anywhere on the page is opened, files and folders, or taken in if it is an archive. A place that takes
 * files itself says so by preventing what the browser would do.
 */
export function DropOverlay() {
  const loadFiles = useLab((lab) => lab.loadFiles);
  const say = useLab((lab) => lab.say);
  const isEmbed = useLab((lab) => lab.view.embed);
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
        setOver(!event.defaultPrevented);
        event.preventDefault();
        depth++;
      },
      { signal },
    );
    addEventListener(
      'dragover',
      (event) => {
        if (!carriesFiles(event)) return;
        setOver(!event.defaultPrevented);
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
        const isTaken = event.defaultPrevented;
        event.preventDefault();
        depth = 0;
        setOver(false);
        if (isTaken || event.dataTransfer === null) return;
        // What was dropped can only be asked for now; a folder's files are listed afterwards.
        droppedFiles(event.dataTransfer).then(
          (files) => {
            if (files.length > 0) void loadFiles(files);
            else say({ tone: 'info', code: null, what: 'What you dropped holds no files.', todo: null });
          },
          (thrown: unknown) => {
            const { code, message: what, todo } = LabError.from(thrown);
            say({ tone: 'error', code, what, todo });
          },
        );
      },
      { signal },
    );
    return () => listeners.abort();
  }, [loadFiles, say]);

  return (
    isOver && (
      <div className="drop-overlay">
        <div className="drop-card">
          <UploadIcon />
          <p>Drop it to open it</p>
          <p className="soft small">
            A table (CSV, TSV, LIBSVM or Parquet, .gz too), pictures (a zip or folder with one folder per
            class, Parquet, IDX, CIFAR, .npy or .npz){isEmbed ? '' : ', an archive (.dmla)'}, or a lesson
            (.json). It stays on this machine.
          </p>
        </div>
      </div>
    )
  );
}
