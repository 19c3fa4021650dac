import { useState, type ReactNode } from 'react';
import { figuresOf } from '../../contracts/figures.ts';
import { PAGE_NAMES, type LinkedView, type PageName } from '../../contracts/link.ts';
import { findNativeShare } from '../../platform/nativeShare.ts';
import type { Lab } from '../../stations/lab.ts';
import { openName, useLabParts } from '../../stations/useLab.ts';
import { Button, NumberField, Select, Sheet, Switch } from '../../ui/controls/index.ts';
import { PAGE_TITLES } from '../headlines.ts';
import { choicesFrom, figureWords, viewFrom, type ShareChoices } from './choices.ts';
import { controlRows } from './controlRows.ts';
import { CopyField } from './CopyField.tsx';
import { embedCode } from './embedCode.ts';
import { ShareCode } from './ShareCode.tsx';
import { ShareControls } from './ShareControls.tsx';
import { SharePreview } from './SharePreview.tsx';
import './share.css';

/** Of a frame, in pixels. */
const HEIGHT = { usual: 640, least: 240, most: 2_000, step: 20 };

/** The opening says nothing of an experiment. */
const PAGES = PAGE_NAMES.filter((page) => page !== 'start').map((value) => ({
  value,
  label: PAGE_TITLES[value],
}));

const WHOLE = 'whole';

const THEMES = [
  { value: 'reader', label: 'The reader’s own' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
] as const;

interface ShareDialogProps {
  isOpen: boolean;
  onClose: () => void;
}

/** The experiment as a link, as the code of a frame, and as a QR code: which of it, and what can be changed there. */
export function ShareDialog({ isOpen, onClose }: ShareDialogProps) {
  return (
    <Sheet title="Share" isOpen={isOpen} onClose={onClose}>
      <ShareForm />
    </Sheet>
  );
}

function ShareForm() {
  const { station, view, kind, settings, images, link, name, fileName } = useLabParts((lab) => ({
    ...{ station: lab.station, view: lab.view, kind: lab.kind, settings: lab.settings, images: lab.images },
    ...{ link: lab.link, name: openName(lab) },
    fileName: (lab.kind === 'images' ? lab.images : lab).dataset.value?.fileName ?? '',
  }));
  const [choices, setChoices] = useState(() => choicesFrom({ station, view }));
  const [height, setHeight] = useState(HEIGHT.usual);
  const [sendTo] = useState(findNativeShare);
  const addressFor = (isEmbed: boolean): string =>
    link({ station: choices.station, view: viewFrom(choices, isEmbed, view) });
  const address = addressFor(false);
  const embedded = addressFor(true);
  const page = PAGE_TITLES[choices.station];
  const title = [...(name === null ? [] : [name]), page, 'dreaMLearning Lab'].join(' · ');
  // A sample goes by its name, a file of one's own by what it holds.
  const isOwn = /[#&]data=sha256-/.test(address);
  return (
    <div className="share">
      <CopyField label="Link" text={address} copy="Copy the link" isPrimary>
        {sendTo !== null && <Button onPress={() => void sendTo(title, address)}>Send to…</Button>}
      </CopyField>
      <p className="field-hint">
        {isOwn
          ? `Whoever opens it is asked for “${fileName}”: a link holds settings, never data.`
          : 'It opens the same dataset with the same settings.'}
      </p>
      <Choices choices={choices} onChange={setChoices} kind={kind} />
      <ShareControls
        rows={controlRows(choices.station, { kind, settings, images })}
        choices={choices}
        onChange={setChoices}
      />
      <Section title="In a page of your course">
        <NumberField
          label="Height"
          value={height}
          min={HEIGHT.least}
          max={HEIGHT.most}
          step={HEIGHT.step}
          hint={`In pixels; as wide as the text around it. The frame shows ${page} alone, and changes nothing that its readers keep in their browsers.`}
          onChange={setHeight}
        />
        <CopyField
          label="Embed code"
          text={embedCode({ address: embedded, title, height })}
          copy="Copy the code"
          isLong
        />
        <SharePreview address={embedded} height={height} />
      </Section>
      <Section title="On the wall">
        <ShareCode address={address} name={name ?? 'lab'} />
      </Section>
    </div>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="share-section">
      <h3>{title}</h3>
      {children}
    </section>
  );
}

interface ChoicesProps {
  choices: ShareChoices;
  onChange: (choices: ShareChoices) => void;
  kind: Lab['kind'];
}

/** Which page, which figure of it, and how it looks. */
function Choices({ choices, onChange, kind }: ChoicesProps) {
  const { station, figure, theme, autoplay, present } = choices;
  const change = (changed: Partial<ShareChoices>): void => onChange({ ...choices, ...changed });
  const figures = figuresOf(station, kind);
  return (
    <div className="share-choices">
      <Select<PageName>
        label="Page"
        value={station}
        options={PAGES}
        onChange={(next) => change({ station: next, figure: null, hidesAll: false })}
      />
      <Select
        label="Figure"
        value={figures.some((one) => one === figure) ? figure : WHOLE}
        options={[
          { value: WHOLE, label: 'The whole page' },
          ...figures.map((value) => ({ value, label: figureWords(value) })),
        ]}
        isDisabled={figures.length === 0}
        onChange={(next) => change({ figure: next === WHOLE ? null : next })}
      />
      <Select<'reader' | NonNullable<LinkedView['theme']>>
        label="Colours"
        value={theme ?? 'reader'}
        options={THEMES}
        onChange={(next) => change({ theme: next === 'reader' ? null : next })}
      />
      <Switch
        label="Play by itself"
        value={autoplay}
        hint="What moves, like How it works. Long work waits for a press all the same."
        onChange={(next) => change({ autoplay: next })}
      />
      <Switch
        label="For a projector"
        value={present}
        hint="The link opens in large type, one figure at a time. An embed does not."
        onChange={(next) => change({ present: next })}
      />
    </div>
  );
}
