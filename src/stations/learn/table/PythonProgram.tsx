import { useEffect } from 'react';
import { copyText } from '../../../platform/clipboard.ts';
import { download } from '../../../platform/download.ts';
import { Button, DownloadIcon, ErrorNotice } from '../../../ui/controls/index.ts';
import { useLabParts } from '../../useLab.ts';
import { CodeText } from './CodeText.tsx';
import { pythonSnippet } from './pythonSnippet.ts';

/** The program that fits the model to the saved samples, to be copied or saved. */
export function PythonProgram() {
  const { outline, isReady, outlineSamples, say } = useLabParts(({ learn, ...lab }) => ({
    outline: lab.outline,
    isReady: learn.condensed.closedForm.status === 'done' && !learn.condensed.closedForm.stale,
    outlineSamples: lab.outlineSamples,
    say: lab.say,
  }));
  const isWanted = outline.status === 'idle' && isReady;
  useEffect(() => {
    if (isWanted) void outlineSamples();
  }, [isWanted, outlineSamples]);
  if (outline.error !== null)
    return <ErrorNotice error={outline.error} onRetry={() => void outlineSamples()} />;
  if (outline.value === null) return <p className="learn-remark">The samples’ columns are looked up.</p>;
  const code = pythonSnippet(outline.value);

  async function copy(): Promise<void> {
    const isCopied = await copyText(code);
    say({
      ...{
        tone: isCopied ? 'info' : 'warning',
        code: null,
        todo: isCopied ? null : 'Save it as a file instead.',
      },
      what: isCopied ? 'Program copied.' : 'The browser did not let the page use the clipboard.',
    });
  }

  return (
    <>
      <CodeText label="Python">{code}</CodeText>
      <div className="take-buttons">
        <Button onPress={() => void copy()}>Copy</Button>
        <Button
          icon={<DownloadIcon />}
          onPress={() => download(`${outline.value?.stem ?? 'samples'}.py`, code, 'text/x-python')}
        >
          Save .py
        </Button>
      </div>
      <p className="learn-remark">
        It reads the samples saved as CSV, from the folder that it runs in. New records go through the same
        columns: numbers as they are, a category as 1 in the column of its value and 0 in the others.
      </p>
    </>
  );
}
