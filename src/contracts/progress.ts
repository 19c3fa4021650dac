import type { Progress } from '../core/pulse.ts';

export type { Progress } from '../core/pulse.ts';

export type OnProgress = (progress: Progress) => void;
