/** The report behind the bit map. */
import { BIT_ROLE, type BitsReport, type ExperimentSettings, type MapRow } from '../contracts/codec.ts';
import { QUANTISER_BITS } from '../core/condense/quantiser.ts';
import { usableVariables } from '../core/experiment/variables.ts';
import { entropies, type AnalyticsPlan, type PreparedGroups } from '../core/experiment/analytics.ts';
import { condenserOf } from '../core/experiment/settings.ts';
import type { Workbench } from '../core/experiment/workbench.ts';
import type { Pulse } from '../core/pulse.ts';
import { describeMapping } from '../core/table/mapping.ts';

/** The rows of the bit map: stored fields in their order, a quantised feature below its own. */
export function mapRows(
  groups: PreparedGroups,
  analytics: AnalyticsPlan | null,
  settings: ExperimentSettings,
): MapRow[] {
  const { table, coded } = groups;
  const variables = usableVariables(table, settings);
  const useOf = (column: number): MapRow['use'] => {
    if (variables?.target === column) return 'target';
    return variables?.features.includes(column) ? 'feature' : 'other';
  };
  const rows: MapRow[] = [];
  let start = 0;
  coded.layout.fieldWidths.forEach((bits, field) => {
    const column = coded.layout.fieldColumns[field];
    const mapping = coded.mappings[column];
    const part =
      mapping.kind === 'ratio' ? (coded.layout.fieldColumns[field - 1] === column ? ' q' : ' p') : '';
    rows.push({
      column,
      label: table.columns[column].name + part,
      mapping: part === '' ? describeMapping(mapping) : `ratio, ${bits} bits`,
      kind: 'stored',
      start,
      bits,
      use: useOf(column),
    });
    start += bits;
    // A quantised row stands below the last stored row of its column.
    if (coded.layout.fieldColumns[field + 1] === column) return;
    const quantiser = analytics?.quantisers.findIndex((one) => one.column === column) ?? -1;
    if (quantiser < 0) return;
    rows.push({
      column,
      label: `${table.columns[column].name} ≈`,
      mapping: `quantised, ${QUANTISER_BITS} bits`,
      kind: 'quantised',
      start: coded.layout.recordBits + quantiser * QUANTISER_BITS,
      bits: QUANTISER_BITS,
      use: useOf(column),
    });
  });
  return rows;
}

/** Roles, entropies and analytics order of every bit, with the condensed samples that each β gives. */
export async function reportBits(
  workbench: Workbench,
  settings: ExperimentSettings,
  pulse: Pulse,
): Promise<BitsReport> {
  const startedAt = performance.now();
  const groups = await workbench.prepare(settings);
  const bases = await workbench.plan(settings, pulse);
  const analytics = await workbench.analytics(settings, pulse);
  const condenser = condenserOf(settings);
  const ones = analytics?.ones ?? groups.ones;
  const { records } = groups.train;
  const role = new Uint8Array(ones.length).fill(BIT_ROLE.none);
  const counts = { constant: 0, base: 0, deviation: 0 };
  for (let position = 0; position < groups.coded.layout.recordBits; position++) {
    const constant = ones[position] === 0 || ones[position] === records;
    const name = constant ? 'constant' : bases?.inBase[position] === 1 ? 'base' : 'deviation';
    role[position] = BIT_ROLE[name];
    counts[name]++;
  }
  return {
    trainRows: records,
    rows: mapRows(groups, analytics, settings),
    ones,
    entropy: entropies(ones, records),
    role,
    order: analytics?.order.slice() ?? new Uint32Array(0),
    condensedSamples: (await workbench.condensedCounts(settings, pulse)).slice(),
    condenser,
    ownBits: condenser === 'clusters' || bases === null ? null : bases.trace.chosen,
    counts,
    hasBases: bases !== null,
    seconds: (performance.now() - startedAt) / 1000,
  };
}
