/** `dmla verify`: every checksum, every record, and whether they are what the archive says that they are. */
import { verifyArchive, type ArchiveVerification } from '../../src/core/verify.ts';
import { onlyFile, type Command } from '../command.ts';
import { withArchive } from '../archiveFile.ts';

export const verify: Command = {
  usage: 'verify X.dmla',
  purpose: 'Checks every checksum, decodes every record, and compares them with the dataset that is named.',
  details: ['--any-size reads an archive that claims to take more memory than a file of its size should.'],
  options: { 'any-size': 'flag' },
  run: (asked, { pulse }): Promise<ArchiveVerification> =>
    withArchive(onlyFile(asked), asked.flags.has('any-size'), (source) => verifyArchive(source, pulse)),
  say({ sections, blocks, bytes, records, seconds, claims, datasetId }: ArchiveVerification) {
    const proof =
      claims === null
        ? `they are the dataset ${datasetId}`
        : `they go by ${datasetId}. That they were made from ${claims}, and with what losses, is only what the archive says`;
    return `Verified in ${seconds.toPrecision(3)} s: ${sections} sections, ${blocks} blocks, ${bytes.toLocaleString('en')} bytes; ${records.toLocaleString('en')} records decoded, and ${proof}.`;
  },
};
