/** Where the bench runs, a few words for its reports. */
import { cpus } from 'node:os';

export function machineName(): string {
  const [processor] = cpus();
  return `Node ${process.versions.node}, ${cpus().length} × ${processor?.model ?? 'unknown processor'}`;
}
