// Which folder may import which. The arrows go one way (see CONTRIBUTING.md); a type import is an import.

const TEST = '\\.test\\.tsx?$';

/** Files of `from` (tests aside) may import of the project only the folders `allowed` and their own. */
function onlyFolders(from, allowed) {
  return {
    name: `${from.replace('src/', '')}-arrows`,
    comment: `${from} may import ${allowed.join(', ') || 'no other folder'}.`,
    severity: 'error',
    from: { path: `^${from}/`, pathNot: TEST },
    to: {
      path: '^(src|workers|bench|tool|e2e|scripts)/',
      pathNot: [from, ...allowed].map((folder) => `^${folder}/`),
    },
  };
}

/** Only files under `folders` (tests aside) may import the npm packages `names`. */
function packagesOnlyIn(name, names, folders) {
  return {
    name,
    comment: `${names.join(', ')} only in ${folders.join(', ')}.`,
    severity: 'error',
    from: {
      path: '^(src|workers|bench)/',
      pathNot: [TEST, ...folders.map((folder) => `^${folder}/`)],
    },
    to: { path: `(^|/)node_modules/(@types/)?(${names.join('|')})/` },
  };
}

/** Folders of the core from the ground up; what lies directly in src/core stands above them, but for the ground. */
const CORE_FLOORS = [
  'bits',
  'table',
  'codecs',
  'condense',
  'regression',
  'trees',
  'networks',
  'selection',
  'coresets',
  'methods',
  'archive',
  'experiment',
  'sql',
  'contenders',
  'answer',
  'walkthrough',
  'images',
];
/** Files of the core that everything may stand on. */
const CORE_GROUND = ['ambient.d', 'errors', 'limits', 'pulse', 'quantiles', 'random', 'registry', 'settings'];

/** A folder of the core imports only what lies below it. */
const coreFloors = CORE_FLOORS.map((folder, floor) => ({
  name: `core-${folder}-floor`,
  comment: `src/core/${folder} may import ${CORE_FLOORS.slice(0, floor).join(', ') || 'none of the others'} and the ground.`,
  severity: 'error',
  from: { path: `^src/core/${folder}/`, pathNot: [TEST, '/testing/'] },
  to: {
    path: '^src/core/',
    pathNot: [
      ...CORE_FLOORS.slice(0, floor + 1).map((below) => `^src/core/${below}/`),
      ...CORE_GROUND.map((file) => `^src/core/${file}\\.ts$`),
    ],
  },
}));

module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'not-to-unresolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'no-test-imports',
      comment: 'What a test needs from another test belongs in a file of its own.',
      severity: 'error',
      from: {},
      to: { path: TEST },
    },

    onlyFolders('src/core', []),
    ...coreFloors,
    onlyFolders('src/readers', ['src/core']),
    onlyFolders('src/contracts', ['src/readers', 'src/core']),
    {
      name: 'contracts-readers',
      comment:
        'Of readers, contracts name the types alone: options and findings cross the boundary, code does not.',
      severity: 'error',
      from: { path: '^src/contracts/', pathNot: TEST },
      to: { path: '^src/readers/', dependencyTypesNot: ['type-only'] },
    },
    onlyFolders('src/platform', ['src/contracts', 'src/readers', 'src/core']),
    onlyFolders('src/learning', ['src/contracts', 'src/readers', 'src/core']),
    onlyFolders('src/peers', ['src/contracts', 'src/readers', 'src/core']),
    onlyFolders('src/service', ['src/peers', 'src/platform', 'src/contracts', 'src/readers', 'src/core']),
    onlyFolders('src/ui', ['src/contracts']),
    onlyFolders('src/stations', ['src/ui', 'src/platform', 'src/contracts']),
    onlyFolders('src/app', ['src/stations', 'src/ui', 'src/platform', 'src/contracts']),
    {
      name: 'app-slices',
      comment: 'Slices stand above the files of the app that they share; only the store puts them together.',
      severity: 'error',
      from: { path: '^src/app/(?!slices/|testing/)', pathNot: [TEST, '^src/app/store\\.ts$'] },
      to: { path: '^src/app/slices/' },
    },
    onlyFolders('workers', [
      'src/service',
      'src/peers',
      'src/learning',
      'src/platform',
      'src/contracts',
      'src/core',
    ]),
    onlyFolders('tool', ['src/service', 'src/platform', 'src/contracts', 'src/readers', 'src/core']),
    onlyFolders('bench', ['src/learning', 'src/peers', 'src/readers', 'src/core', 'src/contracts']),
    {
      name: 'station-to-station',
      comment:
        'A station knows no other station; what they share lies directly in src/stations, or in its folders on the answer, pictures and training.',
      severity: 'error',
      from: { path: '^src/stations/([^/]+)/' },
      to: {
        path: '^src/stations/(?:data|bits|archive|learn|sweep|paper|how|start)/',
        pathNot: '^src/stations/$1/',
      },
    },

    {
      name: 'core-packages',
      comment: 'Of npm, core imports only pure-rand, @noble/hashes, pako and fflate, and nothing of Node.',
      severity: 'error',
      from: { path: '^src/core/', pathNot: [TEST, '^src/core/testing/'] },
      to: {
        path: '.',
        pathNot: ['^src/', '(^|/)node_modules/(@types/)?(pure-rand|@noble/hashes|pako|fflate)/'],
      },
    },
    {
      name: 'readers-packages',
      comment:
        'Of npm, readers import only pako, fflate, hucre and hyparquet with its companions, and nothing of Node.',
      severity: 'error',
      from: { path: '^src/readers/', pathNot: [TEST, '^src/readers/testing/'] },
      to: {
        path: '.',
        pathNot: [
          '^src/',
          '(^|/)node_modules/(@types/)?(pako|fflate|hucre|hyparquet(-writer|-compressors)?)/',
        ],
      },
    },
    {
      name: 'contracts-packages',
      comment: 'Of npm, contracts import only valibot and fflate.',
      severity: 'error',
      from: { path: '^src/contracts/', pathNot: TEST },
      to: { path: '.', pathNot: ['^src/', '(^|/)node_modules/(valibot|fflate)/'] },
    },
    packagesOnlyIn(
      'react-packages',
      ['react', 'react-dom', 'react-aria-components', 'recharts', 'd3-contour'],
      ['src/ui', 'src/stations', 'src/app'],
    ),
    packagesOnlyIn(
      'compressor-packages',
      ['@bokuweb/zstd-wasm', 'brotli-wasm', '@jsquash/jxl', '@jsquash/png', '@jsquash/qoi', '@jsquash/webp'],
      // bench finds their modules in its own way; types are an import too.
      ['src/peers', 'bench'],
    ),
    packagesOnlyIn(
      'network-packages',
      // A worker hands on the addresses of the wasm files, which only its build knows.
      ['@tensorflow(?!/.*\\.wasm$)', '@webgpu'],
      ['src/learning', 'bench'],
    ),
    {
      name: 'learning-packages',
      comment: 'Of npm, learning imports only tfjs, fflate, pure-rand and valibot.',
      severity: 'error',
      from: { path: '^src/learning/', pathNot: [TEST, '^src/learning/testing/'] },
      to: {
        path: '.',
        pathNot: ['^src/', '(^|/)node_modules/(@types/)?(@tensorflow|@webgpu|fflate|pure-rand|valibot)/'],
      },
    },
    packagesOnlyIn(
      'worker-and-storage-packages',
      ['idb', 'comlink'],
      ['src/platform', 'src/service', 'workers'],
    ),
  ],
  options: {
    exclude: { path: '^(dist|package|public|docs|test-results|playwright-report|\\.[^/]+)(/|$)' },
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
