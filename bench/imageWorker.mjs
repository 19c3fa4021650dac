// Lets a worker thread load TypeScript, as the bench itself does.
import { register } from 'tsx/esm/api';

register();
await import('./imageWorker.ts');
