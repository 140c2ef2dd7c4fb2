import type { PageSummary } from '../evidence.ts';
import type { Summary } from '../summary.ts';
import type { Cost } from '../telemetry/cost.ts';
import { DETECTION } from '../telemetry/detect-brownout.ts';
import { percent, reasonLines, seconds, type Paint } from './format.ts';

const NEXT_STEPS = [
  ['docs/reference/verdicts.md', 'what each reason means, and whose fault it is'],
  ['docs/reference/configuration.md', 'budgets that fit your own application'],
  ['docs/reference/metrics.md', 'what to chart and to alert on'],
  ['docs/guides/vendor-status.md', "what vendors' status pages say, beside what you see"],
  ['examples/support-assistant/README.md', 'how this demo works, and its detection rule'],
] as const;

const REASON_COLUMNS = 74;

/** The summary for people. */
export function renderSummary(summary: Summary, paint: Paint): string {
  const heading = (text: string) => paint('strong', text);
  const row = ([label, value]: readonly [string, string]) => `  ${label.padEnd(38)} ${value}`;
  return [
    ...verdict(summary, paint),
    '',
    heading('Whole run'),
    ...wholeRun(summary).map(row),
    '  Reasons',
    ...reasonLines(summary.reasons, REASON_COLUMNS).map((line) => `    ${line}`),
    ...(summary.cost === null ? [] : ['', heading('What the brownout cost'), ...costRows(summary.cost).map(row)]),
    '',
    heading('What next'),
    ...NEXT_STEPS.map(row),
    '',
  ].join('\n');
}

function verdict({ model, onset, end, announced, truth, during, statusPage }: Summary, paint: Paint): string[] {
  if (onset === null || model === null) return [paint('good', 'No brownout was detected.')];
  const until = end === null ? 'and was still going on at the end' : `and ended at ${seconds(end)}`;
  const rule = `${percent(DETECTION.leastShare)} of the calls of ${DETECTION.windowSeconds} s`;
  return [
    paint('bad', `${model} browned out at ${seconds(onset)} ${until}.`),
    `  The schedule says ${seconds(truth.onset)} to ${seconds(truth.end)}: ` +
      `onset ${off(onset, truth.onset)}, end ${off(end, truth.end)}.`,
    `  The rule, ${rule}, noticed it ${seconds(announced === null ? null : announced - onset)} after it began.`,
    `  In it, transport was up for ${percent(during?.transportUpShare ?? null)} of ${during?.calls ?? 0} calls, ` +
      `and ${percent(during?.usableShare ?? null)} were usable.`,
    ...(statusPage === null ? [] : [`  ${pageSentence(statusPage)}`]),
  ];
}

/** How long after its users' trouble the vendor told of it, if it did. */
function pageSentence({ outcome, vendor, incident, lag }: PageSummary): string {
  switch (outcome) {
    case 'posted': {
      const when = lag !== null && lag < 0 ? 'before' : 'after';
      return `${vendor}'s status page told of it ${seconds(Math.abs(lag ?? 0))} ${when} it began: "${incident}".`;
    }
    case 'never_posted':
    case 'saw_nothing':
    case 'no_calls':
      return `${vendor}'s status page never told of it.`;
    case 'not_read':
      return 'Whether a status page told of it is unknown: none was read meanwhile.';
  }
}

function off(found: number | null, truth: number | null): string {
  if (found === null || truth === null) return 'unknown';
  const difference = found - truth;
  return `${difference < 0 ? '−' : '+'}${seconds(Math.abs(difference))}`;
}

function wholeRun(summary: Summary): readonly (readonly [string, string])[] {
  return [
    ['Calls for an answer', String(summary.calls)],
    ['Transport up', percent(summary.transportUpShare)],
    ['Usable', percent(summary.usableShare)],
    ['Brownout share', percent(summary.brownoutShare)],
    ['Retries, fallbacks', `${summary.retries}, ${summary.fallbacks}`],
    ['Tickets answered with HTTP success', String(summary.tasksServed)],
  ];
}

function costRows(cost: Cost): readonly (readonly [string, string])[] {
  return [
    ['Calls with a late answer', String(cost.degradedCalls)],
    ['Calls without an answer worth having', String(cost.unusableCalls)],
    ['  rescued by a fallback', String(cost.rescuedByFallback)],
    ['  served as they were, with HTTP 200', String(cost.servedUnusable)],
    ['Time waited beyond the usual', seconds(cost.extraSecondsWaited, 0)],
    ['Extra requests to vendors', String(cost.extraAttempts)],
    ['Extra tokens (as far as reported)', String(cost.extraTokens)],
  ];
}
