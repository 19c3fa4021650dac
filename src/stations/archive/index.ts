export { ArchiveStation } from './ArchiveStation.tsx';
