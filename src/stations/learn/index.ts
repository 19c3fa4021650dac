export { LearnStation } from './LearnStation.tsx';
