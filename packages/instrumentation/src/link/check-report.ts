import type { FallbackReport } from '@brownout/api';
import { VERDICTS } from '@brownout/core';
import type { Reason } from '@brownout/core';

/** A report as it can be believed: an application's words become dimensions, so only those that the registry knows do. */
export interface CheckedReport {
  readonly from: Model;
  readonly to: Model | 'none' | undefined;
  readonly reason: Reason | undefined;
  readonly mechanism: 'policy' | 'framework';
}

export type Model = FallbackReport['from'];

const SHAPE = '{ provider, model }, each a text';

/**
 * Not every application is checked by a compiler. What is wrong is said to `warn`, a line each; `undefined` where nothing
 * can be counted.
 */
export function checkReport(report: unknown, warn: (problem: string) => void): CheckedReport | undefined {
  const { from, to, reason, mechanism } = isObject(report) ? report : {};
  if (!isModel(from)) {
    warn(`\`from\`, which was given up, has to be ${SHAPE}, and is ${shown(from)}: nothing is counted.`);
    return undefined;
  }
  if (to !== undefined && to !== 'none' && !isModel(to)) {
    warn(`\`to\`, where it is given, has to be 'none' or ${SHAPE}, and is ${shown(to)}: nothing is counted.`);
    return undefined;
  }
  if (isModel(to) && isSame(from, to)) {
    warn(`\`from\` and \`to\` are both ${shown(from)}, which is a retry and no fallback: nothing is counted.`);
    return undefined;
  }
  const knownReason = typeof reason === 'string' && isReason(reason) ? reason : undefined;
  if (reason !== undefined && knownReason === undefined) {
    warn(
      `\`reason\` has to be one of brownout.reason (such as ${EXAMPLES}), and is ${shown(reason)}: ` +
        'the reason of the failed call is counted, if that was seen.',
    );
  }
  if (mechanism !== undefined && mechanism !== 'policy' && mechanism !== 'framework') {
    warn(`\`mechanism\` has to be 'policy' or 'framework', and is ${shown(mechanism)}: counted as policy.`);
  }
  return { from, to, reason: knownReason, mechanism: mechanism === 'framework' ? 'framework' : 'policy' };
}

export function isSame(a: Model, b: Model): boolean {
  return a.provider === b.provider && a.model === b.model;
}

const EXAMPLES = ['timeout', 'rate_limited', 'server_error'].join(', ');

function isReason(text: string): text is Reason {
  return Object.hasOwn(VERDICTS, text);
}

function isModel(value: unknown): value is Model {
  return isObject(value) && typeof value['provider'] === 'string' && typeof value['model'] === 'string';
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/** Short enough for a line of a log, whatever it is. */
function shown(value: unknown): string {
  if (isModel(value)) return `${value.model} of ${value.provider}`.slice(0, 80);
  if (typeof value === 'string') return `"${value.slice(0, 80)}"`;
  return isObject(value)
    ? `an object with ${Object.keys(value).slice(0, 5).join(', ') || 'nothing in it'}`
    : String(value);
}
