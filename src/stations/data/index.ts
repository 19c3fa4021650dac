export { DataStation } from './DataStation.tsx';
