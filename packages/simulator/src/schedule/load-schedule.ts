import { readFileSync } from 'node:fs';
import { parseSchedule, ScheduleError } from './parse-schedule.ts';
import type { Schedule } from './schedule.ts';

/** Reads a schedule file (YAML or JSON). Throws `ScheduleError`, with the file, lines and keys that are wrong. */
export function loadSchedule(path: string): Schedule {
  return parseSchedule(readFile(path), path);
}

function readFile(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new ScheduleError(`${path}: cannot be read (${error instanceof Error ? error.message : String(error)})`);
  }
}
