import type { Option } from './options.ts';
import { useDisabled } from './Locked.tsx';
import './compactSelect.css';

interface CompactSelectProps<V extends string> {
  /** Read out; the table's row and header say it to the eye. */
  label: string;
  value: V;
  options: readonly Option<V>[];
  isDisabled?: boolean;
  onChange: (value: V) => void;
}

/** A choice inside a table. It is the browser's own, because a table may hold hundreds of them. */
export function CompactSelect<V extends string>({
  label,
  value,
  options,
  isDisabled = false,
  onChange,
}: CompactSelectProps<V>) {
  const isOff = useDisabled(isDisabled);
  return (
    <select
      className="compact-select"
      aria-label={label}
      value={value}
      disabled={isOff}
      onChange={(event) => {
        const option = options.find((candidate) => candidate.value === event.currentTarget.value);
        if (option !== undefined) onChange(option.value);
      }}
    >
      {options.map((option) => (
        <option key={option.value} value={option.value} disabled={option.isDisabled ?? false}>
          {option.label}
        </option>
      ))}
    </select>
  );
}
