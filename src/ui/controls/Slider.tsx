import { useId } from 'react';
import { Label } from 'react-aria-components/Label';
import {
  Slider as AriaSlider,
  SliderFill,
  SliderOutput,
  SliderThumb,
  SliderTrack,
} from 'react-aria-components/Slider';
import { FieldFrame, type FieldProps } from './FieldFrame.tsx';
import { useDisabled } from './Locked.tsx';

interface SliderProps extends FieldProps {
  value: number;
  min: number;
  max: number;
  step?: number;
  /** The value in words beside the label; the number itself by default. */
  format?: (value: number) => string;
  /** Colour of the filled part: the role that the slider controls. */
  tone?: 'analytics' | 'base' | 'deviation';
  /** While it is dragged, on every step. */
  onChange: (value: number) => void;
  /** Once, when it is let go. */
  onChangeEnd?: (value: number) => void;
}

export function Slider({
  label,
  hint,
  more,
  isDisabled = false,
  value,
  min,
  max,
  step = 1,
  format,
  tone = 'analytics',
  onChange,
  onChangeEnd,
}: SliderProps) {
  const hintId = useId();
  const isOff = useDisabled(isDisabled);
  return (
    <FieldFrame label={label} hint={hint} hintId={hintId} more={more}>
      <AriaSlider
        className={`slider slider-${tone}`}
        value={value}
        minValue={min}
        maxValue={max}
        step={step}
        isDisabled={isOff}
        onChange={onChange}
        {...(onChangeEnd === undefined ? {} : { onChangeEnd })}
      >
        <Label className="field-label">{label}</Label>
        <SliderOutput className="slider-output">
          {({ state }) => {
            const now = state.values[0] ?? value;
            return format === undefined ? state.getThumbValueLabel(0) : format(now);
          }}
        </SliderOutput>
        <SliderTrack className="slider-track">
          <SliderFill className="slider-fill" />
          <SliderThumb className="slider-thumb" aria-describedby={hintId} />
        </SliderTrack>
      </AriaSlider>
    </FieldFrame>
  );
}
