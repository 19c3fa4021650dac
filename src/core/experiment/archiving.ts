/** From an experiment to its archive: everything encoded, laid out and accounted for. */
import { writeArchive, type WrittenArchive } from '../archive/write.ts';
import type { EncodedGroup, SearchTrace } from '../codecs/codec.ts';
import { CODECS } from '../codecs/registry.ts';
import { equation1Bits } from '../codecs/baseDeviation/objective.ts';
import type { Pulse } from '../pulse.ts';
import type { ExperimentSettings } from './settings.ts';
import type { Workbench } from './workbench.ts';

/** What an archive is called and where its table came from. */
export interface DatasetLabel {
  datasetId: string;
  name: string;
  fileName: string;
  /** Bytes of the text it was read from, 0 when unknown. */
  csvBytes: number;
}

/** What a codec with bases made of the training records. */
export interface MadeBases {
  trace: SearchTrace;
  baseCount: number;
  /** v: constant bits; l_b, l_d. */
  constantBits: number;
  baseBits: number;
  deviationBits: number;
  /** Equation 1 with m = 0, and with the paper's m terms. */
  equation1Bits: number;
  equation1BitsWithSamples: number;
}

export interface MadeArchive extends WrittenArchive {
  encoded: { train: EncodedGroup; test: EncodedGroup };
  /** l_t: bits of a record. */
  recordBits: number;
  /** m for the chosen β; 0 without a target. */
  condensedSamples: number;
  /** Seconds from typed columns to the container, each stage when it was made. */
  encodeSeconds: number;
  bases: MadeBases | null;
}

/** The same bytes for the same settings, in whatever order they were put together. */
function canonicalJson(settings: ExperimentSettings): string {
  // Archives of tables without weights are as they were before there were any.
  const said = Object.keys(settings).filter((name) => name !== 'weight' || settings.weight !== null);
  return JSON.stringify(settings, said.sort());
}

/** Encodes the experiment's table and lays the archive out in memory. */
export async function makeArchive(
  bench: Workbench,
  settings: ExperimentSettings,
  label: DatasetLabel,
  pulse: Pulse,
): Promise<MadeArchive> {
  const { table, coded, split, train } = await bench.prepare(settings);
  const { fitted, shared, strings } = await bench.fit(settings, pulse);
  const encoded = await bench.encode(settings, pulse);
  const analytics = await bench.analytics(settings, pulse);
  const samples =
    settings.samples === 'stored' && analytics !== null && (await bench.canLearn(settings))
      ? await bench.condensed(settings)
      : null;
  const layingOut = performance.now();
  const written = writeArchive({
    codec: CODECS.byName(settings.codec),
    schema: {
      ...label,
      rows: table.rows,
      columns: table.columns.map((column, index) => ({
        name: column.name,
        mapping: coded.mappings[index],
        time: column.kind === 'number' ? column.time : undefined,
      })),
    },
    rule: bench.rule(settings),
    split,
    strings,
    shared,
    table: fitted.sections,
    train: encoded.train,
    test: encoded.test,
    analytics:
      analytics === null
        ? { cells: new Uint32Array(0), quantisers: [] }
        : { cells: analytics.order.slice(0, settings.beta), quantisers: analytics.quantisers },
    samples,
    experiment: canonicalJson(settings),
  });
  const encodeSeconds = bench.encodingSeconds() + (performance.now() - layingOut) / 1000;
  const counts = await bench.condensedCounts(settings, pulse);
  const condensedSamples = analytics === null ? 0 : counts[Math.min(settings.beta, counts.length - 1)];
  const { recordBits } = coded.layout;
  return {
    ...written,
    encoded,
    recordBits,
    condensedSamples,
    encodeSeconds,
    bases: madeBases(),
  };

  function madeBases(): MadeBases | null {
    const sizes = encoded.train.bases;
    if (fitted.bases === null || sizes === null) return null;
    const { trace } = fitted.bases;
    const { baseCount, deviationBits } = sizes;
    const constantBits = trace.baseBits[0];
    const baseBits = trace.baseBits[trace.chosen];
    const terms = { records: train.records, recordBits, constantBits, baseBits, baseCount };
    const parameterBits = written.parameterBytes * 8;
    return {
      ...{ trace, baseCount, constantBits, baseBits, deviationBits },
      equation1Bits: equation1Bits(terms, 0, parameterBits),
      equation1BitsWithSamples: equation1Bits(terms, condensedSamples, parameterBits),
    };
  }
}
