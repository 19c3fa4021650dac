import { useRef } from 'react';
import { Button, UploadIcon } from '../../ui/controls/index.ts';
import { useLab } from '../useLab.ts';

const LABEL = 'Import an archive…';

/** Takes an archive file in; dropping it anywhere on the page does the same. */
export function ImportButton() {
  const loadFiles = useLab((lab) => lab.loadFiles);
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button icon={<UploadIcon />} onPress={() => input.current?.click()}>
        {LABEL}
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        aria-label={LABEL}
        accept=".dmla"
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          event.currentTarget.value = '';
          if (file !== undefined) void loadFiles([{ path: file.name, file }]);
        }}
      />
    </>
  );
}
