export { SweepStation } from './SweepStation.tsx';
