import { Button, Notice, Panel } from '../../ui/controls/index.ts';
import { FORMER_READING } from '../../contracts/link/readings.ts';
import type { AwaitedFile } from '../lab/data.ts';
import { sourceOf } from '../fileSources.ts';
import { useLabParts } from '../useLab.ts';
import { FileDrop } from './FileDrop.tsx';

/** A link named a dataset that this browser does not hold: its file is asked for and checked. */
export function AwaitedPanel({ awaited }: { awaited: AwaitedFile }) {
  const { acceptOther, forgetAwaited } = useLabParts((lab) => ({
    acceptOther: lab.acceptOther,
    forgetAwaited: lab.forgetAwaited,
  }));
  const source = sourceOf(awaited.datasetId);
  const name = awaited.fileName === '' ? 'a file' : awaited.fileName;
  return (
    <Panel title={`This link needs ${name}`} caption="a link holds settings, never data">
      <div className="awaited">
        <p>
          The link was made from the dataset in <strong className="awaited-name">{name}</strong>. It is not in
          this browser. Drop that file here: its content is checked against the link, and the experiment is
          restored.
        </p>
        {source !== null && (
          <div>
            <p>{source.words}</p>
            <pre className="awaited-code">{source.code}</pre>
          </div>
        )}
        <div role="alert">
          {awaited.other !== null && (
            <Notice tone="warning">
              <p>
                <strong>{awaited.other.summary.fileName} holds another dataset than the link names.</strong>{' '}
                {awaited.isOfFormerReading
                  ? FORMER_READING
                  : 'Drop the file that the link was made from, or go on with this one and the settings of the link.'}
              </p>
              <p>
                <code>LINK_DATASET_MISMATCH</code>
              </p>
              <Button onPress={acceptOther}>Go on with {awaited.other.summary.fileName}</Button>
            </Notice>
          )}
        </div>
        <FileDrop label={awaited.fileName === '' ? 'Choose the file…' : `Choose ${awaited.fileName}…`} />
        <p className="soft small">
          Content expected: SHA-256 <code className="awaited-name">{awaited.datasetId}</code>
        </p>
        <Button variant="quiet" onPress={forgetAwaited}>
          Never mind the link
        </Button>
      </div>
    </Panel>
  );
}
