import type { DiagLogger } from '@opentelemetry/api';

/** The same problem is reported at most once in this time. */
const QUIET_MILLISECONDS = 60_000;

/** Problems remembered at the same time; beyond that the oldest is forgotten, so that memory stays bounded. */
const REMEMBERED_PROBLEMS = 100;

const LONGEST_LINE = 500;

/** The instrumentation says it too, for hosts that have a logger of their own; once is enough. */
const PREFIX = 'brownout: ';

/** The SDK hands some errors over as the JSON text of their own properties and stack: only the message is for people. */
function readable(part: unknown): string {
  if (part instanceof Error) return part.message;
  if (typeof part !== 'string') return JSON.stringify(part) ?? 'undefined';
  if (!part.startsWith('{')) return part;
  try {
    const message = (JSON.parse(part) as { message?: unknown }).message;
    return typeof message === 'string' ? message : part;
  } catch {
    return part;
  }
}

/**
 * Two lines that differ only in numbers (ports, counts, durations, identifiers) are about the same problem, except where
 * those are a place in a file.
 */
function problemOf(line: string): string {
  return line.replaceAll(/(:\d+:\d+ )|\d+/g, (_, place?: string) => place ?? '#');
}

/**
 * The only voice of the preload: OpenTelemetry's `diag` lines, each on one line of standard error with our prefix,
 * and each distinct problem at most once a minute. The SDK filters by level before it calls this.
 * @param write receives one finished line
 * @param now milliseconds of any monotonic clock
 */
export function createDiagnostics(write: (line: string) => void, now: () => number): DiagLogger {
  const lastWritten = new Map<string, number>();
  const report = (...parts: readonly unknown[]): void => {
    const line = parts
      .map(readable)
      .join(' ')
      .replaceAll(/\s+/g, ' ')
      .trim()
      .replace(PREFIX, '')
      .slice(0, LONGEST_LINE);
    const problem = problemOf(line);
    const before = lastWritten.get(problem);
    if (before !== undefined && now() - before < QUIET_MILLISECONDS) return;
    lastWritten.delete(problem);
    lastWritten.set(problem, now());
    const [oldest] = lastWritten.keys();
    if (lastWritten.size > REMEMBERED_PROBLEMS && oldest !== undefined) lastWritten.delete(oldest);
    write(`${PREFIX}${line}\n`);
  };
  return { error: report, warn: report, info: report, debug: report, verbose: report };
}
