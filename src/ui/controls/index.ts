export { Button, IconButton } from './Button.tsx';
export { CompactSelect } from './CompactSelect.tsx';
export { DataTable, type TableColumn } from './DataTable.tsx';
export { Confirm, Sheet } from './Dialogs.tsx';
export { Disclosure } from './Disclosure.tsx';
export {
  Checkbox,
  CheckboxGroup,
  ControlKey,
  NumberField,
  RadioGroup,
  Select,
  Slider,
  Switch,
  type Option,
} from './fields.tsx';
export * from './icons.tsx';
export { ControlLocked } from './Locked.tsx';
export { ErrorNotice, Notice } from './Notice.tsx';
export { FigureAlone, Panel, Stat, Stats } from './Panel.tsx';
export { ProgressLine } from './ProgressLine.tsx';
export { ControlsShown, StationLayout } from './StationLayout.tsx';
export { TextField } from './TextField.tsx';
export { usePhone } from './usePhone.ts';
