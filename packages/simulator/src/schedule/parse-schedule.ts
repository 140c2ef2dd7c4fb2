import * as v from 'valibot';
import { LineCounter, parseDocument, type Document } from 'yaml';
import type { ActiveFault } from '../faults/active-fault.ts';
import { parseFault } from '../faults/fault-url.ts';
import { readyFault } from '../faults/parameters.ts';
import type { ProviderName } from '../endpoint.ts';
import { VENDOR_PAGES } from '../status-page/vendor-pages.ts';
import type { Complaint } from './complaint.ts';
import { findPageMistakes } from './page-mistakes.ts';
import type { Schedule } from './schedule.ts';
import { SCHEDULE_SCHEMA, type ScheduleFile } from './schedule-schema.ts';

/** A schedule that cannot be played. The message names the file, and for every mistake its line and key. */
export class ScheduleError extends Error {
  override readonly name = 'ScheduleError';
}

/** Reads a schedule from YAML or JSON. `file` is only a name for messages. Throws `ScheduleError`. */
export function parseSchedule(text: string, file: string): Schedule {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  if (document.errors.length > 0) {
    const [first] = document.errors;
    throw new ScheduleError(`${file}:${first?.linePos?.[0].line ?? 1}: ${first?.message.split('\n')[0] ?? 'not YAML'}`);
  }
  const parsed = v.safeParse(SCHEDULE_SCHEMA, document.toJS());
  const complaints = parsed.success ? findMistakes(parsed.output) : parsed.issues.map(complaintOf);
  if (!parsed.success || complaints.length > 0) {
    throw new ScheduleError(
      complaints
        .map(({ path, message }) => `${file}:${lineOf(document, lines, path)}: ${formatPath(path)}${message}`)
        .join('\n'),
    );
  }
  return scheduleOf(parsed.output);
}

function scheduleOf(file: ScheduleFile): Schedule {
  return {
    name: file.name,
    ...(file.seed === undefined ? {} : { seed: file.seed }),
    ...(file.repeatEvery === undefined ? {} : { repeatEveryMs: file.repeatEvery }),
    phases: file.phases.map((phase) => ({
      name: phase.name,
      atMs: phase.at,
      faults: phase.faults.map(activeFault),
    })),
    ...(file.statusPages === undefined ? {} : { statusPages: file.statusPages }),
  };
}

type FaultLine = ScheduleFile['phases'][number]['faults'][number];

/** A line is an object, or in short what a path prefix would say: `stall;afterChunks=3`. */
function activeFault(line: FaultLine): ActiveFault {
  if (typeof line !== 'string') return { ...line, fault: readyFault(line.fault, line.parameters).name };
  const { name, values } = parseFault(line);
  return { fault: name, parameters: values };
}

/** What the schema cannot see: faults that do not exist, and times out of order. */
function findMistakes(file: ScheduleFile): Complaint[] {
  const complaints: Complaint[] = [];
  file.phases.forEach((phase, index) => {
    const before = file.phases[index - 1];
    if (before !== undefined && before.at >= phase.at) {
      const message = `must be later than the phase "${before.name}" before it`;
      complaints.push({ path: ['phases', index, 'at'], message });
    }
    phase.faults.forEach((line, place) => {
      try {
        if (typeof line === 'string') parseFault(line);
        else readyFault(line.fault, line.parameters);
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        complaints.push({ path: ['phases', index, 'faults', place], message });
      }
    });
  });
  const last = file.phases.at(-1)?.at ?? 0;
  if (file.repeatEvery !== undefined && file.repeatEvery <= last) {
    complaints.push({ path: ['repeatEvery'], message: 'must be later than the last phase' });
  }
  for (const [provider, entries = []] of Object.entries(file.statusPages ?? {})) {
    for (const { path, message } of findPageMistakes(VENDOR_PAGES[provider as ProviderName], entries)) {
      complaints.push({ path: ['statusPages', provider, ...path], message });
    }
  }
  return complaints;
}

function complaintOf(issue: v.BaseIssue<unknown>): Complaint {
  const path = (issue.path ?? []).map((item) => (typeof item.key === 'number' ? item.key : String(item.key)));
  const known = issue.expected === 'never' ? 'is no key of a schedule' : null;
  const missing = issue.received === 'undefined' ? 'is missing' : null;
  return { path, message: known ?? missing ?? issue.message };
}

/** The line of a key, or of the nearest thing around it where the key itself is missing. */
function lineOf(document: Document, lines: LineCounter, path: Complaint['path']): number {
  for (let length = path.length; length >= 0; length -= 1) {
    const node: unknown = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
    const range: unknown = typeof node === 'object' && node !== null && 'range' in node ? node.range : null;
    if (Array.isArray(range) && typeof range[0] === 'number') return lines.linePos(range[0]).line;
  }
  return 1;
}

function formatPath(path: Complaint['path']): string {
  if (path.length === 0) return '';
  const text = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`)).join('');
  return `${text.replace(/^\./, '')} `;
}
