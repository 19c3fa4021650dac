/** The error classes and codes as the page sees them. */
export { ERROR_ADVICE, LabError, type ErrorReport } from '../core/errors.ts';
