import { Button as AriaButton } from 'react-aria-components/Button';
import { Menu, MenuItem, MenuTrigger } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import { Text } from 'react-aria-components/Text';
import { DownloadIcon } from '../ui/controls/index.ts';
import { named } from './namedButtons.ts';
import './figurePanel.css';

interface SaveMenuProps<Id extends string> {
  /** What is saved: the button is called "Save as: …". */
  of: string;
  formats: readonly { id: Id; label: string; description: string }[];
  isDisabled?: boolean;
  onSave: (format: Id) => void;
}

/** "Save as": the files that something can be saved as. */
export function SaveMenu<Id extends string>({ of, formats, isDisabled = false, onSave }: SaveMenuProps<Id>) {
  const label = `Save as: ${of}`;
  return (
    <MenuTrigger>
      <AriaButton {...named('save')} className="figure-save" isDisabled={isDisabled} aria-label={label}>
        <DownloadIcon />
        Save as
      </AriaButton>
      <Popover className="popover figure-popover" placement="bottom end" offset={4}>
        <Menu
          className="list-box"
          aria-label={label}
          onAction={(id) => {
            const format = formats.find((one) => one.id === id);
            if (format !== undefined) onSave(format.id);
          }}
        >
          {formats.map(({ id, label: name, description }) => (
            <MenuItem key={id} id={id} textValue={name} className="list-item figure-format">
              <Text slot="label">{name}</Text>
              <Text slot="description" className="list-description">
                {description}
              </Text>
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
