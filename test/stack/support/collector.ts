import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { findProgram } from '../../../tools/programs/find-program.ts';
import {
  argumentsOf,
  type Collector,
  type Configuration,
  startCollector as startCollectorAt,
} from '../../../tools/programs/start-collector.ts';

const found = await findProgram('otelcol', 'own');
if (found.kind === 'missing') throw new Error(found.why);
const { path: otelcol } = found;
console.log(`otelcol ${found.version} (${found.from})`);

/** What the real Collector says of a configuration; nothing where it is valid. */
export async function validate(configuration: Configuration): Promise<string> {
  const options = { env: { ...configuration.environment } };
  return promisify(execFile)(otelcol, ['validate', ...argumentsOf(configuration)], options).then(
    ({ stdout, stderr }) => stdout + stderr,
    (error: { stderr: string }) => error.stderr,
  );
}

/** Whether the Collector that was found has an exporter, by its type. */
export async function hasExporter(type: string): Promise<boolean> {
  const { stdout } = await promisify(execFile)(otelcol, ['components']);
  return new RegExp(`name: ${type}$`, 'm').test(stdout);
}

/** Starts the real Collector on free ports and waits until it takes data. */
export const startCollector = (configuration: Configuration): Promise<Collector> =>
  startCollectorAt(otelcol, configuration);
