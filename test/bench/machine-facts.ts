import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism, cpus } from 'node:os';

const require = createRequire(import.meta.url);

const PACKAGES = [
  'openai-6',
  '@opentelemetry/sdk-node',
  '@opentelemetry/instrumentation-openai',
  '@opentelemetry/auto-instrumentations-node',
  '@brownout/instrumentation',
  '@brownout/preload',
] as const;

/** What the figures depend on, and nothing that tells whose machine it was. */
export interface MachineFacts {
  readonly node: string;
  readonly platform: string;
  readonly processor: string;
  readonly cores: number;
  readonly packages: Readonly<Record<string, string>>;
}

export function machineFacts(): MachineFacts {
  return {
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    packages: Object.fromEntries(PACKAGES.map((name) => [name.replace(/-\d+$/, ''), versionOf(name)])),
  };
}

/** Not every package exports its package.json, so it is looked for where Node would look. */
function versionOf(name: string): string {
  for (const folder of require.resolve.paths(name) ?? []) {
    try {
      return (JSON.parse(readFileSync(`${folder}/${name}/package.json`, 'utf8')) as { version: string }).version;
    } catch {
      // Not in this folder; one further up will have it.
    }
  }
  return 'unknown';
}
