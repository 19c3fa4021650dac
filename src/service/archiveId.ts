/** What archives are called in the store, and what of them is listed. */
import type { ArchiveListing, ExperimentSettings } from '../contracts/codec.ts';
import type { SplitRule } from '../core/archive/smallSections.ts';
import { hashText } from '../core/table/datasetId.ts';
import type { ArchiveManifest } from '../platform/archiveStore.ts';

/**
 * An archive's id: a hash of what decides its records' bytes, so that making the same archive again finds it, and a
 * change of β rewrites only its small sections.
 *
 * @param rule how its records were divided, where that is not by the settings' seed and share
 */
export function archiveId(datasetId: string, s: ExperimentSettings, rule?: SplitRule): string {
  const key: unknown[] = [datasetId, s.codec, s.split, s.testFraction, s.ratio, s.tau, s.objective];
  key.push([...s.drop].sort());
  if (rule?.kind === 'tail') key.push('tail', rule.testRows);
  return hashText(JSON.stringify(key)).slice(0, 32);
}

export function listingOf({ chunks: _, schemaVersion: __, ...listing }: ArchiveManifest): ArchiveListing {
  return listing;
}
