// A rule of this project's own: what a plug-in is called stands in its own folder and nowhere else.
import { readdirSync, readFileSync } from 'node:fs';

/** Folders whose files each say what a plug-in is called. */
const PLUGIN_FOLDERS = [
  'src/core/codecs',
  'src/core/images/transforms',
  'src/core/images/representations',
  'src/core/networks',
  'src/core/coresets',
  'src/core/methods',
];
/** Names that are words of other subjects too: they are only not compared with. */
const PLAIN_WORDS = new Set(['none', 'offset', 'softmax', 'full', 'random', 'dense']);
/** What a model of a table learns from is called a method too, and one of them is full. */
const COMPARED = new Set(['full']);
/** Fields of the settings, and variables, that name a plug-in. */
const NAMING = new Set(['codec', 'transform', 'representation', 'network', 'method']);
const COMPARISONS = new Set(['===', '!==', '==', '!=']);
const ENDS = new Set(['startsWith', 'endsWith']);

const MESSAGE =
  'What a plug-in is, is said by its meta and nowhere else: ask for the capability that this is about.';

/** The names of all plug-ins, as their files give them. */
function pluginNames() {
  return PLUGIN_FOLDERS.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => /(?<!\.test)\.ts$/.test(file))
      .flatMap((file) => [
        ...readFileSync(`${folder}/${file}`, 'utf8').matchAll(
          /(?:Meta|NetworkDesign) = \{\n {2}name: '([^']+)'/g,
        ),
      ]),
  ).map(([, name]) => name);
}

/**
 * What is read of a node of the syntax tree.
 *
 * @typedef {object} Node
 * @property {string} type
 * @property {string} [name]
 * @property {unknown} [value]
 * @property {string} [operator]
 * @property {boolean} [computed]
 * @property {Node} [left]
 * @property {Node} [right]
 * @property {Node} [callee]
 * @property {Node} [object]
 * @property {Node} [property]
 */

/**
 * The name of a variable, or of the field at the end of a chain: `settings.codec`.
 *
 * @param {Node | undefined} node
 */
function naming(node) {
  if (node?.type === 'Identifier') return node.name ?? '';
  if (node?.type === 'MemberExpression' && node.computed !== true) return node.property?.name ?? '';
  return '';
}

const noPluginNames = {
  meta: { type: 'problem', schema: [] },
  /** @param {{ report: (problem: { node: Node, message: string }) => void }} context */
  create(context) {
    const names = pluginNames();
    const words = new Set(names.filter((name) => !PLAIN_WORDS.has(name)));
    const compared = new Set(names.filter((name) => !COMPARED.has(name)));
    /** @param {Node} node */
    const report = (node) => context.report({ node, message: MESSAGE });
    /**
     * Whether one side names a plug-in and the other is its name. Names that are no plain words are found already.
     *
     * @param {Node | undefined} side
     * @param {Node | undefined} other
     */
    const isComparison = (side, other) =>
      other?.type === 'Literal' &&
      typeof other.value === 'string' &&
      compared.has(other.value) &&
      !words.has(other.value) &&
      NAMING.has(naming(side));
    return {
      /** @param {Node} node */
      Literal(node) {
        if (typeof node.value === 'string' && words.has(node.value)) report(node);
      },
      /** @param {Node} node */
      BinaryExpression(node) {
        if (!COMPARISONS.has(node.operator ?? '')) return;
        if (isComparison(node.left, node.right) || isComparison(node.right, node.left)) report(node);
      },
      /** @param {Node} node */
      CallExpression({ callee }) {
        if (callee?.type !== 'MemberExpression' || !ENDS.has(callee.property?.name ?? '')) return;
        if (NAMING.has(naming(callee.object))) report(callee);
      },
    };
  },
};

export default { meta: { name: 'lab' }, rules: { 'no-plugin-names': noPluginNames } };
