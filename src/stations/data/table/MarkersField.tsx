import { useState } from 'react';
import { TextField } from '../../../ui/controls/index.ts';
import { markersIn } from './readingChoices.ts';

interface MarkersFieldProps {
  markers: readonly string[];
  onChange: (markers: string[]) => void;
}

/** Cells that stand for a missing value, as text: the text stays as it is typed while it says the same. */
export function MarkersField({ markers, onChange }: MarkersFieldProps) {
  const [typed, setTyped] = useState('');
  const isCurrent = JSON.stringify(markersIn(typed)) === JSON.stringify(markers);
  return (
    <TextField
      label="Other marks of missing cells"
      value={isCurrent ? typed : markers.join(', ')}
      placeholder="-200, n.d."
      onChange={(text) => {
        setTyped(text);
        onChange(markersIn(text));
      }}
      hint="Separated by commas. Empty cells, NA, N/A, null, NaN and ? are missing anyway, and among numbers None, n/a, #N/A and the like."
    />
  );
}
