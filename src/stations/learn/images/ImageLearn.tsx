import { Button, Notice, StationLayout } from '../../../ui/controls/index.ts';
import { useLabParts } from '../../useLab.ts';
import { CondensedPanel } from './CondensedPanel.tsx';
import { DrawButton, ImageLearnControls } from './ImageLearnControls.tsx';
import { SamplePanel } from './SamplePanel.tsx';
import './imageLearn.css';

const CONTROLS = <ImageLearnControls />;
const DRAW = <DrawButton />;

/** Learning from pictures, so far: what a network would be given, and what that costs. */
export function ImageLearn() {
  const { isOpen, opening, goTo } = useLabParts((lab) => ({
    isOpen: lab.images.dataset.value !== null,
    opening: lab.images.dataset.status === 'running',
    goTo: lab.goTo,
  }));
  return (
    <StationLayout
      title="Learn"
      foldOnPhone
      lead={
        <>
          A network learns from a fresh random sample of the pictures in every epoch. The archive gives it out
          without being unpacked: this is what the network would see, and what it costs.
        </>
      }
      first={DRAW}
      controls={CONTROLS}
    >
      {isOpen ? (
        <>
          <Notice>
            <p>Training networks on these samples is not in this version yet.</p>
          </Notice>
          <SamplePanel />
          <CondensedPanel />
        </>
      ) : opening ? (
        <p className="soft">The pictures are being opened; a sample follows.</p>
      ) : (
        <Notice>
          <p>Nothing to learn from yet: choose pictures first.</p>
          <p>
            <Button onPress={() => goTo('data')}>Choose a dataset</Button>
          </p>
        </Notice>
      )}
    </StationLayout>
  );
}
