import { useRef, type ReactNode } from 'react';
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components/Button';
import { useFocusHeir } from './focusHeir.ts';
import { useDisabled } from './Locked.tsx';
import { Tooltip } from './Tooltip.tsx';
import './button.css';

interface ButtonProps extends Omit<AriaButtonProps, 'children' | 'className' | 'style'> {
  /** primary: the one thing to do here; plain: the rest; quiet: beside others, a frame alone; danger: destroys something. */
  variant?: 'primary' | 'plain' | 'quiet' | 'danger';
  icon?: ReactNode;
  children: ReactNode;
}

export function Button({ variant = 'plain', icon, children, isDisabled = false, ...props }: ButtonProps) {
  const button = useRef<HTMLButtonElement>(null);
  const isOff = useDisabled(isDisabled);
  useFocusHeir(button, isOff);
  return (
    <AriaButton {...props} ref={button} isDisabled={isOff} className={`button button-${variant}`}>
      {icon}
      <span className="button-label">{children}</span>
    </AriaButton>
  );
}

interface IconButtonProps extends Omit<AriaButtonProps, 'children' | 'className' | 'style' | 'aria-label'> {
  /** What it does, for screen readers and as a tooltip. */
  label: string;
  icon: ReactNode;
  variant?: 'primary' | 'plain' | 'quiet' | 'danger';
}

export function IconButton({
  label,
  icon,
  variant = 'plain',
  isDisabled = false,
  ...props
}: IconButtonProps) {
  const button = useRef<HTMLButtonElement>(null);
  useFocusHeir(button, isDisabled);
  return (
    <Tooltip text={label}>
      <AriaButton
        {...props}
        ref={button}
        isDisabled={isDisabled}
        aria-label={label}
        className={`button button-icon button-${variant}`}
      >
        {icon}
      </AriaButton>
    </Tooltip>
  );
}
