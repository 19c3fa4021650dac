import type { ReactNode } from 'react';
import { controlKey } from '../../contracts/link.ts';
import { isWord, type Amount, type AnySetting, type Panel } from '../../contracts/settings.ts';
import {
  ControlKey,
  NumberField,
  RadioGroup,
  Select,
  Slider,
  Switch,
  type Option,
} from '../../ui/controls/index.ts';
import { formatCount, formatPercent } from '../../ui/format.ts';
import { pluginOptions } from '../pluginOptions.ts';
import { useLabParts } from '../useLab.ts';
import { Governed } from './Governed.tsx';
import type { Home } from './homes.ts';

/** What a station says of a setting in its own words, where the setting's own would not do. */
interface OwnWords {
  label?: string;
  hint?: ReactNode;
  /** Given the options as they are, those of this station. */
  options?: (options: readonly Option[]) => readonly Option[];
}

interface SettingControlProps<S extends object> extends OwnWords {
  home: Home<S>;
  name: keyof S & string;
}

/** The control of a setting: which one follows from what the setting says of itself. */
export function SettingControl<S extends object>({ home, name, ...own }: SettingControlProps<S>) {
  const setting = home.table.any(name);
  // Only what it shows: while another setting is dragged, this one is left alone.
  const { value, hint, isDisabled, change } = useLabParts((lab) => {
    const settings = home.read(lab);
    return {
      value: settings[name],
      hint: typeof setting.hint === 'function' ? setting.hint(settings) : setting.hint,
      isDisabled: !home.table.decides(name, settings),
      change: home.change(lab),
    };
  });
  const said = {
    ...{ label: setting.label, hint, isDisabled },
    ...own,
    ...(setting.more !== undefined && { more: paragraphs(setting.more) }),
  };
  return (
    <Governed control={controlKey(name, setting)}>
      <Field
        setting={setting}
        value={value}
        said={said}
        onChange={(next) => change({ [name]: next } as Partial<S>)}
      />
    </Governed>
  );
}

interface SettingsOnProps<S extends object> {
  home: Home<S>;
  panel: Panel;
  /** Controls of this station's own, by the settings that they stand for; null where one is not shown. */
  own?: { [K in keyof S]?: ReactNode };
}

/** The controls of all settings that are changed in a place, in their order. */
export function SettingsOn<S extends object>({ home, panel, own = {} }: SettingsOnProps<S>) {
  return home.table.on(panel).map((name) => {
    const control = controlKey(name, home.table.any(name));
    return (
      <ControlKey key={name} value={control}>
        {name in own ? (
          <Governed control={control}>{own[name]}</Governed>
        ) : (
          <SettingControl home={home} name={name} />
        )}
      </ControlKey>
    );
  });
}

function paragraphs(more: readonly string[]): ReactNode {
  return more.map((text) => <p key={text}>{text}</p>);
}

interface FieldProps {
  setting: AnySetting;
  value: unknown;
  said: OwnWords & { label: string; isDisabled: boolean; more?: ReactNode };
  onChange: (value: unknown) => void;
}

function Field({ setting, value, said, onChange }: FieldProps) {
  const { options: chosenOptions = (options: readonly Option[]) => options, ...words } = said;
  switch (setting.kind) {
    case 'amount':
      return <AmountField setting={setting} value={value as number} said={said} onChange={onChange} />;
    case 'choice': {
      const options = chosenOptions(setting.choices);
      const props = { ...words, value: value as string, options: [...options], onChange };
      if (setting.isOpen) return <RadioGroup {...props} />;
      return <Select {...props} hint={words.hint ?? descriptionOf(options, value)} />;
    }
    case 'plugin': {
      const options = chosenOptions(pluginOptions(setting.registry));
      const hint = words.hint ?? descriptionOf(options, value);
      return <Select {...words} hint={hint} value={value as string} options={options} onChange={onChange} />;
    }
    case 'flag':
      return <Switch {...words} value={value as boolean} onChange={onChange} />;
    default:
      // Columns are chosen among those of the table, which a station knows.
      return null;
  }
}

function AmountField({ setting, value, said, onChange }: FieldProps & { setting: Amount; value: number }) {
  const { options: chosenOptions = (options: readonly Option[]) => options, ...words } = said;
  const { min, max, whole, is, usualMost } = setting;
  const offered = offersWith(setting, value);
  if (offered !== null) {
    const options = chosenOptions(offered);
    return (
      <Select
        {...words}
        hint={words.hint ?? descriptionOf(options, String(value))}
        value={String(value)}
        options={options}
        onChange={(next) => onChange(isWord(setting, next) ? next : Number(next))}
      />
    );
  }
  if (is === 'share') {
    return (
      <Slider
        {...words}
        value={Math.round(value * 100)}
        min={min * 100}
        max={max * 100}
        step={5}
        format={(percent) => formatPercent(percent / 100, 0)}
        onChange={(percent) => onChange(percent / 100)}
      />
    );
  }
  if (usualMost !== undefined) {
    return (
      <Slider
        {...words}
        value={Math.min(value, usualMost)}
        min={min}
        max={usualMost}
        tone={setting.role ?? 'analytics'}
        format={() => formatCount(value)}
        onChange={onChange}
      />
    );
  }
  return (
    <NumberField
      {...words}
      value={value}
      min={min}
      max={max}
      {...(whole && { step: 1 })}
      {...(is === 'seed' && { format: { useGrouping: false } })}
      onChange={onChange}
    />
  );
}

/** The values that are offered or usual, and the present one, which a link may have brought; null where any is. */
function offersWith({ offered, usual, word }: Amount, present: number | string): Option[] | null {
  const offers = offered ?? usual?.map((value) => ({ value, label: String(value) }));
  if (offers === undefined) return null;
  const isOther = typeof present === 'number' && !offers.some(({ value }) => value === present);
  const numbers = [...offers, ...(isOther ? [{ value: present, label: String(present) }] : [])]
    .sort((a, b) => a.value - b.value)
    .map((offer) => ({ ...offer, value: String(offer.value) }));
  return word === undefined ? numbers : [word, ...numbers];
}

function descriptionOf(options: readonly Option[], value: unknown): string | undefined {
  return options.find((option) => option.value === value)?.description;
}
