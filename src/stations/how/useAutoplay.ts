import { useLab } from '../useLab.ts';

/** Whether steps play by themselves when they appear: where the link asks for it, and the reader has nothing against motion. */
export function useAutoplay(): boolean {
  const isAsked = useLab((lab) => lab.view.autoplay);
  return isAsked && !matchMedia('(prefers-reduced-motion: reduce)').matches;
}
