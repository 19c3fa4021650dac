import { useRef } from 'react';
import { Button, UploadIcon } from '../../ui/controls/index.ts';
import { ACCEPTED_FILES, ACCEPTED_WORDS } from '../acceptedFiles.ts';
import { useLab } from '../useLab.ts';

/** Where a file can be dropped or chosen. The whole page takes drops; this is the part that says so. */
export function FileDrop({ label }: { label: string }) {
  const load = useLab((lab) => lab.load);
  const input = useRef<HTMLInputElement>(null);
  return (
    <div className="file-drop">
      <Button variant="primary" icon={<UploadIcon />} onPress={() => input.current?.click()}>
        {label}
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        aria-label={label}
        accept={ACCEPTED_FILES}
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          event.currentTarget.value = '';
          if (file !== undefined) void load({ kind: 'file', file });
        }}
      />
      <p className="soft small">or drop it anywhere on the page: {ACCEPTED_WORDS}</p>
    </div>
  );
}
