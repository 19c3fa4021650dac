export { BitsStation } from './BitsStation.tsx';
