import { METHOD_METAS } from '../../../contracts/methods.ts';
import type { SubsetMethod } from '../../../contracts/training.ts';
import { OF_TRAINING } from '../../settings/homes.ts';
import { SettingControl } from '../../settings/SettingControl.tsx';

/** What can be chosen of a method, and in what it is not the published one; nothing of one without either. */
export function MethodOptions({ method }: { method: SubsetMethod }) {
  const { label, options, note } = METHOD_METAS.byName(method);
  if (options.length === 0 && note === undefined) return null;
  return (
    <div className="method-options">
      {note !== undefined && <p className="field-hint">{note}</p>}
      {options.length > 0 && (
        <fieldset>
          <legend>Options of {label}</legend>
          {options.map((name) => (
            <SettingControl key={name} home={OF_TRAINING} name={name} />
          ))}
        </fieldset>
      )}
    </div>
  );
}
