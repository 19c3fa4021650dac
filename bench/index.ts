/** Commands that measure. `npm run -s bench -- codec FILE …`; each prints its usage with --help. */
import { LabError } from '../src/core/errors.ts';
import { benchCodec, CODEC_USAGE } from './codec.ts';
import { benchContest, CONTEST_USAGE } from './contest.ts';
import { benchCoresets, CORESETS_USAGE } from './coresets.ts';
import { benchFuzz, FUZZ_USAGE } from './fuzz.ts';
import { benchGrowth, GROWTH_USAGE } from './growth.ts';
import { benchImages } from './images.ts';
import { IMAGES_USAGE } from './imageOptions.ts';
import { benchIngest, INGEST_USAGE } from './ingest.ts';
import { benchPeers, PEERS_USAGE } from './peers.ts';
import { benchScale, SCALE_USAGE } from './scale.ts';
import { benchSql, SQL_USAGE } from './sql.ts';
import { benchTiles, TILES_USAGE } from './tiles.ts';
import { benchTraining, TRAINING_USAGE } from './training.ts';

const COMMANDS = new Map([
  ['codec', { run: benchCodec, usage: CODEC_USAGE }],
  ['contest', { run: benchContest, usage: CONTEST_USAGE }],
  ['growth', { run: benchGrowth, usage: GROWTH_USAGE }],
  ['peers', { run: benchPeers, usage: PEERS_USAGE }],
  ['images', { run: benchImages, usage: IMAGES_USAGE }],
  ['tiles', { run: benchTiles, usage: TILES_USAGE }],
  ['sql', { run: benchSql, usage: SQL_USAGE }],
  ['scale', { run: benchScale, usage: SCALE_USAGE }],
  ['ingest', { run: benchIngest, usage: INGEST_USAGE }],
  ['training', { run: benchTraining, usage: TRAINING_USAGE }],
  ['coresets', { run: benchCoresets, usage: CORESETS_USAGE }],
  ['fuzz', { run: benchFuzz, usage: FUZZ_USAGE }],
]);

const [name, ...args] = process.argv.slice(2);
const command = COMMANDS.get(name);
if (command === undefined) {
  console.error(['Usage:', ...[...COMMANDS.values()].map((one) => one.usage)].join('\n'));
  process.exitCode = 2;
} else {
  try {
    await command.run(args);
  } catch (thrown) {
    const error =
      thrown instanceof LabError ? `${thrown.code}: ${thrown.message} ${thrown.todo}` : String(thrown);
    console.error(error);
    if (process.env.DEBUG && thrown instanceof Error) console.error(thrown.stack);
    process.exitCode = 1;
  }
}
