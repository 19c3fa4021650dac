/** How the numbers of a time column are spelt. */
export { writeTime } from '../core/table/time.ts';
