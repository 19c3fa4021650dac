/** Plug-ins as the options of a control, as they are registered now. */
import type { PluginMeta } from '../contracts/plugins.ts';
import type { Option } from '../ui/controls/index.ts';

export function pluginOptions({ all }: { all: readonly PluginMeta[] }): readonly Option[] {
  return all.map(({ name, label, sentence }) => ({ value: name, label, description: sentence }));
}
