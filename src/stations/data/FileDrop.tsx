import { useEffect, useRef } from 'react';
import { Button, UploadIcon } from '../../ui/controls/index.ts';
import { ACCEPTED_FILES, ACCEPTED_PICTURES, ACCEPTED_WORDS } from '../acceptedFiles.ts';
import { useChosenFiles } from '../useChosenFiles.ts';

/** Where files or a folder can be dropped or chosen. The whole page takes drops; this is the part that says so. */
export function FileDrop({ label }: { label: string }) {
  const take = useChosenFiles();
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);

  useEffect(() => {
    // An attribute that is in no standard, and understood by every browser.
    folder.current?.setAttribute('webkitdirectory', '');
  }, []);

  return (
    <div className="file-drop off-paper">
      <div className="file-drop-buttons">
        <Button variant="primary" icon={<UploadIcon />} onPress={() => files.current?.click()}>
          {label}
        </Button>
        <Button onPress={() => folder.current?.click()}>A folder of pictures…</Button>
      </div>
      <input
        ref={files}
        type="file"
        hidden
        multiple
        aria-label={label}
        accept={ACCEPTED_FILES}
        onChange={(event) => take(event.currentTarget)}
      />
      <input
        ref={folder}
        type="file"
        hidden
        multiple
        aria-label="A folder of pictures…"
        onChange={(event) => take(event.currentTarget)}
      />
      <p className="soft small">
        or drop them anywhere on the page. Tables: {ACCEPTED_WORDS}. Pictures: {ACCEPTED_PICTURES}. Or an
        archive (.dmla).
      </p>
    </div>
  );
}
