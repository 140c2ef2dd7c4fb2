import { readFileSync } from 'node:fs';
import { readConfig } from '../config/read-config.ts';
import type { Settings } from '../config/settings.ts';
import type { Vendor } from '../vendors.ts';
import { UsageError } from './vendor-arguments.ts';

/** Where the config file is, if no option says so. */
export const CONFIG_VARIABLE = 'BROWNOUT_VENDOR_STATUS_CONFIG';

/** The settings of the config file; the known vendors where there is none. Throws where the file is wrong. */
export function loadSettings(file: string | undefined, known: readonly Vendor[]): Settings {
  if (file === undefined || file === '') return { vendors: known };
  const reading = readConfig(file, readText(file), known);
  if (reading.kind === 'read') return reading.settings;
  throw new UsageError(`Nothing was read, because the config file has mistakes:\n${reading.mistakes.join('\n')}`);
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(`The config file cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}
