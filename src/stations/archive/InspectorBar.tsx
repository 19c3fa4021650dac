import {
  Button,
  DiceIcon,
  IconButton,
  NextIcon,
  NumberField,
  PreviousIcon,
} from '../../ui/controls/index.ts';
import { formatCount } from '../../ui/format.ts';
import { nextDraw } from './draw.ts';

interface InspectorBarProps {
  /** What is fetched: "record", "picture". */
  noun: string;
  /** Number of what is shown, and how many there are. */
  index: number;
  count: number;
  /** In what order they are counted: "in the order of the file". */
  order: string;
  onGo: (index: number) => void;
  /** Goes to one whose base many share; null where there are no bases. */
  onMostShared: (() => void) | null;
}

/** Chooses one record or picture by its number, its neighbours, by chance, or for its base. */
export function InspectorBar({ noun, index, count, order, onGo, onMostShared }: InspectorBarProps) {
  return (
    <div className="inspector-bar">
      <NumberField
        label="Record"
        value={index}
        min={0}
        max={count - 1}
        step={1}
        onChange={onGo}
        hint={`0 to ${formatCount(count - 1)}, ${order}`}
      />
      <div className="inspector-buttons">
        <IconButton
          label={`Previous ${noun}`}
          icon={<PreviousIcon />}
          isDisabled={index <= 0}
          onPress={() => onGo(index - 1)}
        />
        <IconButton
          label={`Next ${noun}`}
          icon={<NextIcon />}
          isDisabled={index >= count - 1}
          onPress={() => onGo(index + 1)}
        />
        <Button icon={<DiceIcon />} onPress={() => onGo(nextDraw(index, count))}>
          Any
        </Button>
        {onMostShared !== null && <Button onPress={onMostShared}>One whose base many share</Button>}
      </div>
    </div>
  );
}
