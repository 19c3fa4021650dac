import { ErrorNotice, Panel, ProgressLine } from '../../ui/controls/index.ts';
import { useLabParts } from '../useLab.ts';
import { LabelsQuestion } from './pictures/LabelsField.tsx';

/** What is being opened, a table or pictures, and why that failed; what is open stays below until it is read. */
export function OpeningPanel() {
  const { table, images, awaited, isImages, cancelLoad } = useLabParts((lab) => ({
    table: lab.dataset,
    images: lab.images.dataset,
    awaited: lab.awaited,
    isImages: lab.kind === 'images',
    cancelLoad: lab.cancelLoad,
  }));
  const open = isImages ? images.value : table.value;
  const running = [table, images].find(({ status }) => status === 'running');
  const failed = [table, images].find(({ status, error }) => status === 'failed' && error !== null);
  return (
    <>
      {running !== undefined && (
        <Panel title="Opening" caption={open === null ? undefined : `${open.name} stays until it is read`}>
          <ProgressLine progress={running.progress} label="Reading" onCancel={cancelLoad} />
        </Panel>
      )}
      {failed !== undefined && failed.error !== null && awaited?.other == null && (
        <ErrorNotice error={failed.error} />
      )}
      {running === undefined && <LabelsQuestion />}
    </>
  );
}
