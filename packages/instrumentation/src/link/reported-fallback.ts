import type { CallFacts, Fallback, Reason } from '@brownout/core';
import { diag } from '@opentelemetry/api';
import type { AsyncScope, RecentCall } from './async-scope.ts';
import { checkReport, isSame } from './check-report.ts';
import type { CheckedReport, Model } from './check-report.ts';
import { giveUp, inferFallback, LONGEST_WAIT_MS } from './infer-fallback.ts';
import type { FoundFallback } from './infer-fallback.ts';

/** A fallback to something that is no model call, and what is known of the call that it replaces. */
export interface CannedFallback {
  readonly fallback: Fallback;
  readonly replaced: CallFacts | undefined;
}

/** Reports of fallbacks that are never made must not pile up. */
const MOST_REPORTS = 8;

/** Keeps a report for the call that it tells of; a fallback to no model is over at once, and returned. */
export function takeReport(scope: AsyncScope, given: unknown, reportedAt: number): CannedFallback | undefined {
  const report = checkReport(given, warn);
  if (report === undefined) return undefined;
  if (report.to !== 'none') {
    scope.reports.push({ ...report, reportedAt });
    if (scope.reports.length > MOST_REPORTS) scope.reports.shift();
    return undefined;
  }
  const replaced = takeNamed(scope, report.from);
  return { fallback: reportedFallback(report, replaced?.call.outcome?.reason), replaced: replaced?.call.facts };
}

/** What a new call replaces, as the application has told it, else as it can be inferred: never both. */
export function findFallback(scope: AsyncScope, facts: CallFacts, startedAt: number): FoundFallback | undefined {
  const inferred = inferFallback(scope, facts, startedAt);
  const index = scope.reports.findIndex(
    (report) => startedAt - report.reportedAt <= LONGEST_WAIT_MS && isAbout(report, facts),
  );
  const report = scope.reports[index];
  if (report === undefined) return inferred;
  scope.reports.splice(index, 1);
  const replaced = takeNamed(scope, report.from);
  const reason = replaced?.call.outcome?.reason ?? inferred?.fallback.reason;
  return { fallback: reportedFallback(report, reason), span: replaced?.span ?? inferred?.span };
}

function isAbout({ from, to }: CheckedReport, { provider, request: { model } }: CallFacts): boolean {
  if (typeof to === 'object') return to.provider === provider && (model === undefined || to.model === model);
  return from.provider !== provider || from.model !== model;
}

/** The call that a report names, out of those that may still be replaced from now on. */
function takeNamed(scope: AsyncScope, from: Model): RecentCall | undefined {
  const named = scope.recent.findLast(({ call, endIfFailed }) => {
    const { provider, request } = call.facts;
    if (!isSame(from, { provider, model: request.model ?? '' })) return false;
    endIfFailed();
    return call.outcome?.verdict !== 'usable';
  });
  if (named === undefined) warnOfOtherProvider(scope, from);
  else giveUp(scope, named);
  return named;
}

/** A router has names of its own for providers: the failed call is not found under one of those. */
function warnOfOtherProvider({ recent }: AsyncScope, { provider, model }: Model): void {
  const namesake = recent.findLast(({ call }) => call.facts.request.model === model);
  if (namesake === undefined || namesake.call.facts.provider === provider) return;
  warn(
    `no failed call to ${model} of ${provider} was seen here, but one to ${model} of ${namesake.call.facts.provider}: ` +
      'providers go by their gen_ai.provider.name. Counted without a reason.',
  );
}

function reportedFallback({ from, reason, mechanism }: CheckedReport, seen: Reason | undefined): Fallback {
  return { fromProvider: from.provider, fromModel: from.model, reason: reason ?? seen, mechanism };
}

/** Problems already told of: a router says the same of every call. */
const told = new Set<string>();
const MOST_TOLD = 100;

function warn(problem: string): void {
  if (told.has(problem) || told.size >= MOST_TOLD) return;
  told.add(problem);
  diag.warn(`brownout: recordFallback(): ${problem}`);
}
