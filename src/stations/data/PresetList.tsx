import { Button } from '../../ui/controls/index.ts';
import { PRESETS, type Preset } from '../presets.ts';
import { openName, useLabParts } from '../useLab.ts';

export function PresetList() {
  return (
    <ul className="gallery off-paper">
      {PRESETS.map((preset) => (
        <li key={preset.name} className="gallery-card">
          <h4>{preset.label}</h4>
          <p>{preset.sentence}</p>
          <PresetButton preset={preset} />
        </li>
      ))}
    </ul>
  );
}

function PresetButton({ preset }: { preset: Preset }) {
  const { takePreset, say, undo, isOpen } = useLabParts((lab) => ({
    takePreset: lab.takePreset,
    say: lab.say,
    undo: lab.undo,
    isOpen: openName(lab) !== null,
  }));
  // A link is followed as any other: Back leads to what was open.
  if ('hash' in preset)
    return (
      <a className="button button-plain" href={`#${preset.hash()}`} aria-label={`Open ${preset.label}`}>
        Open
      </a>
    );
  return (
    <Button
      isDisabled={!isOpen}
      aria-label={`Use ${preset.label}`}
      onPress={() => {
        takePreset(preset);
        say({
          tone: 'info',
          code: null,
          what: `The settings of “${preset.label}” are set.`,
          todo: null,
          undo,
        });
      }}
    >
      Use on what is open
    </Button>
  );
}
