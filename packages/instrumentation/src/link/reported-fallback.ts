import type { FallbackReport } from '@brownout/api';
import { VERDICTS } from '@brownout/core';
import type { CallFacts, Fallback, Reason } from '@brownout/core';
import { diag } from '@opentelemetry/api';
import type { AsyncScope, RecentCall } from './async-scope.ts';
import { giveUp, inferFallback } from './infer-fallback.ts';
import type { FoundFallback } from './infer-fallback.ts';

/** A fallback to something that is no model call, and what is known of the call that it replaces. */
export interface CannedFallback {
  readonly fallback: Fallback;
  readonly replaced: CallFacts | undefined;
}

/** Reports of fallbacks that are never made must not pile up. */
const MOST_REPORTS = 8;

/** Keeps a report for the call that it tells of; a fallback to no model is over at once, and returned. */
export function takeReport(scope: AsyncScope, report: unknown): CannedFallback | undefined {
  if (!isReport(report)) {
    diag.warn(
      'brownout: recordFallback() needs `from`, and may have `to`, as { provider, model }: nothing is counted.',
    );
    return undefined;
  }
  if (report.to !== 'none') {
    scope.reports.push(report);
    if (scope.reports.length > MOST_REPORTS) scope.reports.shift();
    return undefined;
  }
  const replaced = takeNamed(scope, report);
  return {
    fallback: reportedFallback(report, replaced?.call.outcome?.reason),
    replaced: replaced?.call.facts,
  };
}

/** What a new call replaces, as the application has told it, else as it can be inferred: never both. */
export function findFallback(scope: AsyncScope, facts: CallFacts, startedAt: number): FoundFallback | undefined {
  const inferred = inferFallback(scope, facts, startedAt);
  const index = scope.reports.findIndex((report) => isAbout(report, facts));
  const report = scope.reports[index];
  if (report === undefined) return inferred;
  scope.reports.splice(index, 1);
  const replaced = takeNamed(scope, report);
  const reason = replaced?.call.outcome?.reason ?? inferred?.fallback.reason;
  return { fallback: reportedFallback(report, reason), span: replaced?.span ?? inferred?.span };
}

function isAbout({ from, to }: FallbackReport, { provider, request: { model } }: CallFacts): boolean {
  if (typeof to === 'object') return to.provider === provider && (model === undefined || to.model === model);
  return from.provider !== provider || from.model !== model;
}

/** The call that a report names, out of those that may still be replaced from now on. */
function takeNamed(scope: AsyncScope, { from }: FallbackReport): RecentCall | undefined {
  const named = scope.recent.findLast(({ call, endIfFailed }) => {
    const { facts } = call;
    if (facts.provider !== from.provider || facts.request.model !== from.model) return false;
    endIfFailed();
    return call.outcome?.verdict !== 'usable';
  });
  if (named !== undefined) giveUp(scope, named);
  return named;
}

/** An application's words become dimensions: only those that the registry knows do. */
function reportedFallback({ from, reason, mechanism }: FallbackReport, seen: Reason | undefined): Fallback {
  return {
    fromProvider: from.provider,
    fromModel: from.model,
    reason: reason !== undefined && isReason(reason) ? reason : seen,
    mechanism: mechanism === 'framework' ? 'framework' : 'policy',
  };
}

function isReason(text: string): text is Reason {
  return Object.hasOwn(VERDICTS, text);
}

/** Not every application is checked by a compiler, and what makes no sense must not meet a later call. */
function isReport(value: unknown): value is FallbackReport {
  if (typeof value !== 'object' || value === null || !('from' in value) || !isModel(value.from)) return false;
  return !('to' in value) || value.to === undefined || value.to === 'none' || isModel(value.to);
}

function isModel(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || !('provider' in value) || !('model' in value)) return false;
  return typeof value.provider === 'string' && typeof value.model === 'string';
}
