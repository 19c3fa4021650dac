/**
 * All contenders, in the order in which they are offered. A new one is a file and a line in both lists: what the page
 * lists, and what the workers run.
 */
import { MetaRegistry, PluginRegistry, type PluginKind } from '../registry.ts';
import { condensed, condensedMeta } from './condensed.ts';
import type { Contender, ContenderMeta } from './contender.ts';
import { craig, craigMeta } from './craig.ts';
import { full, fullMeta } from './full.ts';
import { gradMatch, gradMatchMeta } from './gradMatch.ts';
import { greedygd, greedygdMeta } from './greedygd.ts';
import { kMeans, kMeansMeta } from './kMeans.ts';
import { random, randomMeta } from './random.ts';
import { stratified, stratifiedMeta } from './stratified.ts';

const KIND: PluginKind = { word: 'contender', code: 'CONTENDER_UNKNOWN' };

export const CONTENDER_METAS = /* @__PURE__ */ new MetaRegistry<ContenderMeta>(KIND, [
  fullMeta,
  condensedMeta,
  randomMeta,
  stratifiedMeta,
  kMeansMeta,
  greedygdMeta,
  gradMatchMeta,
  craigMeta,
]);

export const CONTENDERS = /* @__PURE__ */ new PluginRegistry<Contender>(KIND, [
  full,
  condensed,
  random,
  stratified,
  kMeans,
  greedygd,
  gradMatch,
  craig,
]);
