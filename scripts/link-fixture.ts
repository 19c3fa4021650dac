// Makes the links that later versions have to read as this one does:
//
//     npx tsx scripts/link-fixture.ts && npm run format:write
//
// writes src/contracts/fixtures/links-1.json: hashes and what they say. A file that is there already stays as it is.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { readLink } from '../src/contracts/link.ts';
import { properties } from '../src/contracts/link/properties.ts';

const SHA = '0123456789abcdef'.repeat(4);

/** Every key at least once, in the words of their time. */
const LINKS = [
  'v=1&app=0.1.0&data=diamonds&target=price&beta=12&station=bits',
  `v=1&data=sha256-${SHA}&file=my%20table.csv&delimiter=semicolon&header=0&decimal=comma&encoding=windows-1252&na=-200,999&types=when:time,zip:text`,
  'v=1&data=bank&compress-only=1&drop=age,day&split=7&test=0.3&codec=greedygd&ratio=0&tau=32&objective=equation1',
  'v=1&data=diamonds&target=price&features=carat,depth&codec=entrogede-high&beta=24&condenser=bases-mean&order=pool&code=linear&cluster-target=1&samples=stored&missing=fill&model=linear&rate=0.1&iterations=2000&seed=5',
  'v=1&data=diamonds&sweep=beta:8..12,16,20;codec:entrogede,greedygd&splits=1..3&station=sweep&hide=data,bits&embed=1',
  'v=1&data=diamonds&betas=16..28&splits=1,2&station=sweep',
  'v=1&data=mnist&transform=none&representation=offset&tables=all&block=16384&beta=7&fraction=0.05&station=learn',
  'v=1&data=mnist&transform=dct8&representation=signmag&size=28x28&fit=crop&colour=grey&test-pictures=made',
  'v=1&data=mnist&sweep-transforms=none,dct,dct8&sweep-representations=zigzag,twos&sweep-taus=16,64&sweep-tables=class,all&sweep-pictures=5000&station=sweep',
  'v=1&data=mnist&network=resnet18&net-width=16&subset=dreamlearning-fixed&sampling=stratified&epochs=30&batch=64&net-rate=0.02&decay=none&net-momentum=0.8&nesterov=0&weight-decay=0.0001&augment=crop-flip&net-seed=4&evaluate-every=5&prefetch=0&backend=wasm',
  'v=1&data=mnist&network=softmax&subset=random-fixed&train-fractions=0.01,0.05,0.1&train-methods=full,random,dreamlearning&train-seeds=1..3',
  'v=1&data=mnist&network=lenet5&subset=full',
  'v=1&data=mnist&subset=random&fraction=0.2',
];

const keys = new Set(
  LINKS.flatMap((link) => link.split('&').map((pair) => pair.slice(0, pair.indexOf('=')))),
);
const missing = properties()
  .map(({ key }) => key)
  .filter((key) => !keys.has(key));
if (missing.length > 0) throw new Error(`No link has ${missing.join(', ')}.`);

const links = LINKS.map((hash) => {
  const { experiment, problems } = readLink(hash);
  if (problems.length > 0) throw new Error(`${hash}: ${problems.map(({ what }) => what).join(' ')}`);
  return { hash, experiment };
});

const file = new URL('../src/contracts/fixtures/links-1.json', import.meta.url);
if (existsSync(file)) {
  console.error('The fixture is there already, and stays as it is.');
  process.exitCode = 1;
} else {
  mkdirSync(new URL('.', file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(links, null, 1)}\n`);
}
