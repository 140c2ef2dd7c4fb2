import Table from 'cli-table3';
import { bareTime, percent, timeIn, unitOf, type Paint } from '../screen/format.ts';
import { LATER_THAN_TRUE, speedOf, subjectOf } from './stack-board.ts';
import type { StackSummary } from './stack-summary.ts';

const NEXT_STEPS = [
  ['docs/deployment.md', 'the same Collector, Prometheus and Alertmanager where your services run'],
  ['dashboards/README.md', 'thresholds of your own, and what the rules cannot see'],
  ['dashboards/runbooks/', 'what to do about each of these alerts'],
  ['examples/support-assistant/README.md', 'how this demo works'],
] as const;

/** The summary for people. */
export function renderStackSummary(summary: StackSummary, paint: Paint): string {
  const heading = (text: string) => paint('strong', text);
  const row = ([label, value]: readonly [string, string]) => `  ${label.padEnd(38)} ${value}`;
  return [
    ...whatHappened(summary, paint),
    '',
    `${heading('Alerts that fired')}, in ${unitOf(summary.seconds)} after the onset`,
    alertTable(summary),
    ...[speedOf(summary.factor), ...(summary.factor === 1 ? [] : [LATER_THAN_TRUE])].map((line) =>
      paint('quiet', line),
    ),
    '',
    heading('On the way'),
    ...onTheWay(summary).map(row),
    '',
    heading('What next'),
    ...NEXT_STEPS.map(row),
    '',
  ].join('\n');
}

function whatHappened(summary: StackSummary, paint: Paint): readonly string[] {
  const { onset, end, model, alerts, statusPage } = summary;
  const page = alerts.find(({ severity }) => severity === 'critical');
  const first = alerts[0];
  const time = (value: number | null | undefined) => timeIn(summary.seconds, value ?? null);
  const after = (value: number | null | undefined) => `${time(value)} after the onset`;
  return [
    paint('bad', `${model?.model ?? 'The model'} was spoiled from ${time(onset)} to ${time(end)}.`),
    `  Near its end, transport was up for ${percent(model?.transportUpShare ?? null)} of its calls, and ` +
      `${percent(model?.usableShare ?? null)} were usable.`,
    first === undefined
      ? '  No alert fired.'
      : `  The first alert, ${first.alert}, fired ${after(first.afterOnset.firing)}.`,
    page === undefined
      ? '  Nobody would have been paged.'
      : `  The first page, ${page.alert}, fired ${after(page.afterOnset.firing)}.`,
    statusPage.lag === null
      ? "  The vendor's status page never told of it."
      : `  The vendor's status page told of it ${after(statusPage.lag)}.`,
  ];
}

function alertTable({ alerts, onset, seconds }: StackSummary): string {
  const table = new Table({
    head: ['Severity', 'Alert', 'Of', 'Pending', 'Firing', 'Resolved', 'Told'],
    colAligns: ['left', 'left', 'left', 'right', 'right', 'right', 'left'],
    style: { head: [], border: [], compact: true },
  });
  const after = (time: number | null) => (time === null ? 'still on' : bareTime(seconds, time));
  for (const { severity, alert, labels, afterOnset, notifications } of alerts)
    table.push([
      severity,
      alert,
      subjectOf({ labels }),
      after(afterOnset.pending),
      after(afterOnset.firing),
      after(afterOnset.ended),
      notifications.length === 0
        ? 'nobody: inhibited'
        : notifications.map(({ receiver, told }) => `${receiver} ${after(told - (onset ?? 0))}`).join(', '),
    ]);
  return table.toString();
}

function onTheWay({ traces, pendingOnly, programs, factor }: StackSummary): readonly (readonly [string, string])[] {
  const { bad, healthy } = traces;
  return [
    ['Bad calls counted, and traces kept', `${bad.counted}, ${bad.kept}`],
    ['Healthy calls counted, and traces kept', `${healthy.counted}, ${healthy.kept}`],
    ['Alerts that were pending only', String(pendingOnly.length)],
    ...(factor === 1 ? [] : [['In true time', `${factor} times as long: see --true-windows`] as const]),
    ...Object.entries(programs).map(([name, { version, from }]) => [name, `${version}, ${from}`] as const),
  ];
}
