import { join } from 'node:path';
import { runCommand } from './command/run-command.ts';

/** `pnpm rules`. */
process.exitCode = await runCommand(
  process.argv.slice(2),
  {
    write: (text) => void process.stdout.write(text),
    complain: (text) => void process.stderr.write(text),
  },
  join(import.meta.dirname, '..'),
);
