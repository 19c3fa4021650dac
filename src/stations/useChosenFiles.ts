import { LabError } from '../contracts/errors.ts';
import { chosenFiles } from '../platform/droppedFiles.ts';
import { useLabParts } from './useLab.ts';

/** Opens what was chosen in a file input, and empties it: the same file can be chosen again. */
export function useChosenFiles(): (input: HTMLInputElement) => void {
  const { loadFiles, say } = useLabParts((lab) => ({ loadFiles: lab.loadFiles, say: lab.say }));
  return (input) => {
    try {
      const chosen = chosenFiles(input.files ?? []);
      if (chosen.length > 0) void loadFiles(chosen);
    } catch (thrown) {
      const { code, message: what, todo } = LabError.from(thrown);
      say({ tone: 'error', code, what, todo });
    }
    input.value = '';
  };
}
