import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { PORTS, type Tier } from './tiers.ts';

export type Configuration = { readonly [key: string]: unknown };

const FOLDER = new URL('../', import.meta.url);

/** The text of a shipped file, as it is. */
export const textOf = (file: string): string => readFileSync(new URL(file, FOLDER), 'utf8');

/** What the Collector makes of a tier's files: maps are merged, whatever else stands twice is the later one. */
export const configurationOf = ({ files }: Tier): Configuration =>
  files.map((file) => parse(textOf(file), { merge: true }) as Configuration).reduce(mergeMaps);

function mergeMaps(earlier: Configuration, later: Configuration): Configuration {
  const merged: Record<string, unknown> = { ...earlier };
  for (const [key, value] of Object.entries(later)) {
    const before = merged[key];
    merged[key] = isMap(before) && isMap(value) ? mergeMaps(before, value) : value;
  }
  return merged;
}

const isMap = (value: unknown): value is Configuration =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * The same with its ports written out and the pod's address as its host: the operator and the chart read ports, and neither
 * knows variables.
 */
export function withPlainPorts(configuration: Configuration): Configuration {
  const plain = (value: unknown): unknown => {
    if (typeof value === 'string') return replaceAddresses(value);
    if (Array.isArray(value)) return value.map(plain);
    return isMap(value) ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, plain(one)])) : value;
  };
  return plain(configuration) as Configuration;
}

function replaceAddresses(text: string): string | number {
  let replaced = text.replaceAll('${env:LISTEN_HOST:-127.0.0.1}', '${env:POD_IP}');
  for (const { port, variable } of Object.values(PORTS))
    replaced = replaced.replaceAll(`\${env:${variable}:-${port}}`, String(port));
  // A number that stood alone in a variable is one.
  return replaced !== text && /^\d+$/.test(replaced) ? Number(replaced) : replaced;
}
