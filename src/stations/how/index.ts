export { HowPage } from './HowPage.tsx';
