/** A general compressor on all of the table at once: small, and any record costs what precedes it. */
import type { Pulse } from '../core/pulse.ts';
import type { Table } from '../core/table/table.ts';
import { joinBytes, type Compressor } from './compressor.ts';
import type { Form } from './forms.ts';
import type { EncodedTable, Peer } from './peer.ts';

/** A compressor with its level, by the name and label that its peers carry. */
export interface NamedCompressor {
  name: string;
  label: string;
  load(): Promise<Compressor>;
}

async function encode(table: Table, form: Form, compressor: Compressor, pulse: Pulse): Promise<EncodedTable> {
  const bytes = await form.write(table, pulse);
  const file = await joinBytes(compressor.compress(bytes), pulse);
  const pieces = (): Iterable<Uint8Array> => compressor.decompress(file);
  return {
    file,
    bytes: file.length,
    decode: (pulse) => form.read(table, pieces, pulse),
    async open() {
      const record = form.open(table, pieces());
      return { fetch: (row) => record(pieces(), row) };
    },
  };
}

export function streamPeer(table: Table, form: Form, compressor: NamedCompressor): Peer {
  return {
    name: `${compressor.name}-${form.name}`,
    label: `${compressor.label} of ${form.label}`,
    sentence: `One stream: ${form.sentence}. A record costs decoding what precedes it.`,
    isOurs: false,
    randomAccess: false,
    table,
    async prepare() {
      const loaded = await compressor.load();
      return (pulse) => encode(table, form, loaded, pulse);
    },
  };
}
