import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Command, CommanderError } from 'commander';
import { DEFAULT_CONFIG, readConfig } from '../config/read-config.ts';
import { generatedFiles } from '../generated-files.ts';

/** Where the command speaks. */
export interface Terminal {
  write(text: string): void;
  complain(text: string): void;
}

interface Options {
  readonly config?: string;
  readonly out: string;
  readonly check: boolean;
  readonly json: boolean;
}

const EXIT = { fine: 0, stale: 1, mistaken: 2 } as const;

/** Generates the rules and what belongs to them; resolves with the exit code. */
export async function runCommand(args: readonly string[], terminal: Terminal, home: string): Promise<number> {
  let code: number = EXIT.fine;
  const program = new Command('pnpm rules')
    .description(
      'Generates Prometheus rules, runbooks, Alertmanager routes and Grafana dashboards from the tables and a file of your own.',
    )
    .option('--config <file>', 'your thresholds, in YAML; what it leaves out is as shipped (see rules.yaml)')
    .option('--out <folder>', 'where to write', home)
    .option('--check', 'write nothing; exit with 1 where a file is not what would be written', false)
    .option('--json', 'for programs', false)
    .configureOutput({ writeOut: (text) => terminal.write(text), writeErr: (text) => terminal.complain(text) })
    .exitOverride()
    .action((options: Options) => {
      code = generate(options, terminal);
    });
  try {
    await program.parseAsync([...args], { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.fine : EXIT.mistaken;
    throw error;
  }
  return code;
}

function generate({ config: file, out, check, json }: Options, terminal: Terminal): number {
  const read = readChosen(file);
  if (read.kind === 'mistakes') {
    terminal.complain(`${[...read.mistakes, 'Nothing was written.'].join('\n')}\n`);
    return EXIT.mistaken;
  }
  const files = Object.entries(generatedFiles(read.config)).map(([path, text]) => ({ path: join(out, path), text }));
  const changed = files.filter(({ path, text }) => !existsSync(path) || readFileSync(path, 'utf8') !== text);
  if (!check) {
    for (const { path, text } of changed) {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    }
  }
  const paths = changed.map(({ path }) => path);
  const word = check ? 'stale' : 'written';
  terminal.write(
    json
      ? `${JSON.stringify({ [word]: paths, unchanged: files.length - paths.length })}\n`
      : `${paths.map((path) => `${word}: ${path}\n`).join('')}${files.length - paths.length} of ${files.length} files are as they should be${check ? '' : ' already'}.\n`,
  );
  return check && paths.length > 0 ? EXIT.stale : EXIT.fine;
}

function readChosen(file: string | undefined): ReturnType<typeof readConfig> {
  if (file === undefined) return { kind: 'config', config: DEFAULT_CONFIG };
  if (!existsSync(file)) return { kind: 'mistakes', mistakes: [`${file}: there is no such file.`] };
  return readConfig(readFileSync(file, 'utf8'), file);
}
