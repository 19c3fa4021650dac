/**
 * All subset methods, in the order in which they are offered. A new one is a file and a line in both lists: what the
 * page lists, and what the training worker runs. The page loads none of the latter.
 */
import { craig } from '../coresets/craig/craig.ts';
import { craigMeta } from '../coresets/craig/meta.ts';
import { dq } from '../coresets/dq/dq.ts';
import { dqMeta } from '../coresets/dq/meta.ts';
import { glister } from '../coresets/glister/glister.ts';
import { glisterMeta } from '../coresets/glister/meta.ts';
import { gradMatch } from '../coresets/gradMatch/gradMatch.ts';
import { gradMatchMeta } from '../coresets/gradMatch/meta.ts';
import { tdds } from '../coresets/tdds/tdds.ts';
import { tddsMeta } from '../coresets/tdds/meta.ts';
import { MetaRegistry, PluginRegistry, type PluginKind } from '../registry.ts';
import {
  dreamlearning,
  dreamlearningFixed,
  dreamlearningFixedMeta,
  dreamlearningMeta,
} from './dreamlearning.ts';
import { full, fullMeta } from './full.ts';
import type { Method, MethodMeta } from '../selection/method.ts';
import { random, randomFixed, randomFixedMeta, randomMeta } from './random.ts';

const KIND: PluginKind = { word: 'method', code: 'METHOD_UNKNOWN' };

export const METHOD_METAS = /* @__PURE__ */ new MetaRegistry<MethodMeta>(KIND, [
  fullMeta,
  randomMeta,
  randomFixedMeta,
  dreamlearningMeta,
  dreamlearningFixedMeta,
  gradMatchMeta,
  glisterMeta,
  craigMeta,
  dqMeta,
  tddsMeta,
]);

export const METHODS = /* @__PURE__ */ new PluginRegistry<Method>(KIND, [
  full,
  random,
  randomFixed,
  dreamlearning,
  dreamlearningFixed,
  gradMatch,
  glister,
  craig,
  dq,
  tdds,
]);
