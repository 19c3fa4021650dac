/** `dmla`: archives on the command line, by the code that the page runs. */
import { run } from './commands.ts';
import { EXIT } from './errors.ts';
import { dropUnfinished } from './output.ts';
import { createWatch } from './progress.ts';

process.exitCode = await run(process.argv.slice(2), {
  out: (line) => console.log(line),
  err: (line) => console.error(line),
  watch(isShown) {
    const watch = createWatch(process.stderr, isShown && process.stderr.isTTY);
    // The first ends the work at its next beat; a second one ends the process.
    for (const signal of ['SIGINT', 'SIGTERM'] as const)
      process.once(signal, () => {
        watch.cancel();
        process.once(signal, () => void dropUnfinished().finally(() => process.exit(EXIT.cancelled)));
      });
    return watch;
  },
});
