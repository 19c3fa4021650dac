/** Small line icons, drawn on a 20 × 20 grid, in the colour of the text. Decorative: the control names itself. */
import type { ReactNode } from 'react';

function icon(content: ReactNode) {
  return function Icon() {
    return (
      <svg
        className="icon"
        viewBox="0 0 20 20"
        width="18"
        height="18"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.7"
        strokeLinecap="round"
        strokeLinejoin="round"
        aria-hidden="true"
        focusable="false"
      >
        {content}
      </svg>
    );
  };
}

export const PlayIcon = icon(<path d="M6 4.2v11.6l9.5-5.8z" fill="currentColor" />);
export const PauseIcon = icon(<path d="M7 4.5v11M13 4.5v11" strokeWidth="2.6" />);
export const StepIcon = icon(<path d="M4.5 4.6v10.8l8-5.4zM15.5 4.5v11" />);
export const RewindIcon = icon(<path d="M4.5 4v4.5H9M4.9 8.3A6 6 0 1 1 4.2 12" />);
export const UndoIcon = icon(<path d="M7.2 3.8L3.6 7.4 7.2 11M3.9 7.4h7.6a4.4 4.4 0 0 1 0 8.8H7.4" />);
export const RedoIcon = icon(<path d="M12.8 3.8l3.6 3.6-3.6 3.6M16.1 7.4H8.5a4.4 4.4 0 0 0 0 8.8h4.1" />);
export const PinIcon = icon(<path d="M7.2 3.4h5.6l-.6 4.6 2.4 2.6H5.4L7.8 8zM10 10.8v5.8" />);
export const HistoryIcon = icon(<path d="M3.6 4v3.8h3.8M3.9 7.6a6.6 6.6 0 1 1-.4 3.6M10 6.6V10l2.6 1.6" />);
export const ShareIcon = icon(
  <path d="M8.3 11.7l3.4-3.4M9.2 6.1l1.6-1.6a3.3 3.3 0 0 1 4.7 4.7l-1.6 1.6M10.8 13.9l-1.6 1.6a3.3 3.3 0 0 1-4.7-4.7l1.6-1.6" />,
);
export const SunIcon = icon(
  <>
    <circle cx="10" cy="10" r="3.4" />
    <path d="M10 2.2v1.6M10 16.2v1.6M2.2 10h1.6M16.2 10h1.6M4.5 4.5l1.1 1.1M14.4 14.4l1.1 1.1M4.5 15.5l1.1-1.1M14.4 5.6l1.1-1.1" />
  </>,
);
export const MoonIcon = icon(<path d="M16.4 12.2A7 7 0 0 1 7.8 3.6a7 7 0 1 0 8.6 8.6z" />);
export const SystemIcon = icon(
  <>
    <circle cx="10" cy="10" r="7" />
    <path d="M10 3a7 7 0 0 1 0 14z" fill="currentColor" stroke="none" />
  </>,
);
export const HelpIcon = icon(
  <>
    <path d="M7.2 7.4a2.9 2.9 0 1 1 4.3 2.6c-1 .6-1.5 1.1-1.5 2.2" />
    <path d="M10 15.4v.1" strokeWidth="2.2" />
  </>,
);
export const CloseIcon = icon(<path d="M5 5l10 10M15 5L5 15" />);
export const ChevronIcon = icon(<path d="M5.5 8l4.5 4.5L14.5 8" />);
export const PreviousIcon = icon(<path d="M12 5l-5 5 5 5" />);
export const NextIcon = icon(<path d="M8 5l5 5-5 5" />);
export const DiceIcon = icon(
  <>
    <rect x="3.6" y="3.6" width="12.8" height="12.8" rx="3" />
    <path d="M7.2 7.2v.1M12.8 7.2v.1M10 10v.1M7.2 12.8v.1M12.8 12.8v.1" strokeWidth="2" />
  </>,
);
export const PaperIcon = icon(<path d="M5 3.5h7l3.2 3.2v9.8H5zM11.8 3.7v3.2H15M7.6 10h5M7.6 13h5" />);
export const TrashIcon = icon(
  <path d="M4 5.8h12M8 5.8V4.2h4v1.6M5.6 5.8l.7 10h7.4l.7-10M8.6 8.8v4.4M11.4 8.8v4.4" />,
);
export const UploadIcon = icon(<path d="M10 13V3.8M6.4 7.2L10 3.6l3.6 3.6M3.8 12.5v3.7h12.4v-3.7" />);
export const DownloadIcon = icon(<path d="M10 3.6v9.2M6.4 9.4L10 13l3.6-3.6M3.8 12.5v3.7h12.4v-3.7" />);
export const CheckIcon = icon(<path d="M4.5 10.5l3.6 3.6 7.4-8" />);
export const WarningIcon = icon(
  <>
    <path d="M10 3.2L17.4 16H2.6z" />
    <path d="M10 8.2v3.6M10 13.8v.1" />
  </>,
);
export const InfoIcon = icon(
  <>
    <circle cx="10" cy="10" r="7" />
    <path d="M10 9.4v4M10 6.6v.1" strokeWidth="2" />
  </>,
);
