import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A program that serves HTTP on a port of its own choice. */
export interface RunningProgram {
  readonly url: string;
  /** Everything that it has said so far, for a test that fails. */
  output(): string;
  /** Ends it and removes what it stored. */
  stop(): Promise<void>;
}

export interface Start {
  readonly path: string;
  /** Text of its configuration file. */
  readonly config: string;
  /** More files to lie beside it, by name: rules, for example. */
  readonly files?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
  /** Fills the folder that it stores in, before it starts. */
  readonly prepare?: (data: string) => Promise<void>;
}

/**
 * Starts a real Prometheus on a free port and waits until it is ready. Relative paths in its configuration are looked up
 * beside it. `args: ['--web.enable-otlp-receiver']` takes OTLP in 3.x.
 */
export const startPrometheus = (start: Start): Promise<RunningProgram> =>
  startProgram(start, 'prometheus.yml', 'Server is ready to receive web requests', (folder) => [
    `--storage.tsdb.path=${join(folder, 'data')}`,
    // Tests write their own past.
    '--storage.tsdb.retention.time=10y',
  ]);

/** Starts a real Alertmanager, alone, on a free port and waits until it is ready. */
export const startAlertmanager = (start: Start): Promise<RunningProgram> =>
  startProgram(start, 'alertmanager.yml', 'Listening on', (folder) => [
    `--storage.path=${join(folder, 'data')}`,
    '--cluster.listen-address=',
  ]);

async function startProgram(
  { path, config, files = {}, args = [], prepare }: Start,
  configName: string,
  readyLine: string,
  argsIn: (folder: string) => readonly string[],
): Promise<RunningProgram> {
  const folder = await mkdtemp(join(tmpdir(), 'brownout-'));
  for (const [name, text] of Object.entries({ ...files, [configName]: config }))
    await writeFile(join(folder, name), text);
  await prepare?.(join(folder, 'data'));

  const child = spawn(
    path,
    [`--config.file=${join(folder, configName)}`, '--web.listen-address=127.0.0.1:0', ...argsIn(folder), ...args],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const exited = new Promise<void>((resolve) => {
    child.once('close', () => resolve());
    child.once('error', () => resolve());
  });
  let output = '';
  const stop = async (): Promise<void> => {
    child.kill();
    await exited;
    await rm(folder, { recursive: true, force: true });
  };
  // The programs take any free port and say which; they say when they are ready, too.
  const url = await new Promise<string>((resolve, reject) => {
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      const address = /msg="Listening on" (?:component=\w+ )?address=(\S+)/.exec(output)?.[1];
      if (address !== undefined && output.includes(readyLine)) resolve(`http://${address}`);
    });
    child.once('error', reject);
    void exited.then(() => reject(new Error(`${path} ended before it was ready:\n${output}`)));
  }).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  return { url, output: () => output, stop };
}
