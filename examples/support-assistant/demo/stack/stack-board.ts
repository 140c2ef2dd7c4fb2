import Table from 'cli-table3';
import { percent, seconds, timeIn, toneOf, type Paint, type Tone } from '../screen/format.ts';
import { renderScale, type TimelineOptions } from '../screen/timeline.ts';
import { keyOf, labelsOf } from './alert-history.ts';
import type { Sight, ToldAlert } from './watch.ts';

export interface StackBoardOptions {
  readonly columns: number;
  readonly rows: number;
  readonly totalSeconds: number;
  readonly factor: number;
  readonly phases: TimelineOptions['phases'];
  readonly paint: Paint;
}

/** `brownout.vendor.status`, in words. */
const STATUSES = ['operational', 'degraded', 'partial outage', 'major outage', 'maintenance'] as const;
const SEVERITIES: Readonly<Record<string, { readonly tone: Tone; readonly rank: number }>> = {
  critical: { tone: 'bad', rank: 0 },
  warning: { tone: 'fair', rank: 1 },
  info: { tone: 'quiet', rank: 2 },
};
const NAME_COLUMNS = 46;
/** Lines of the board besides those of alerts. */
const OTHER_ROWS = 16;

/** The whole screen of a moment: what each model gives, and every alert on one scale of time. */
export function renderStackBoard(sight: Sight, options: StackBoardOptions): string {
  const { columns, rows, totalSeconds, factor, paint } = options;
  const cells = Math.min(columns, 140) - NAME_COLUMNS - 1;
  const lines = alertLines(sight, { ...options, cells });
  const shown = lines.slice(0, Math.max(3, rows - OTHER_ROWS));
  const scale = { ...options, cells };
  return [
    '',
    `${paint('strong', 'Brownout demo')} on a real Collector, Prometheus and Alertmanager  ${clock(sight.now, totalSeconds)}`,
    paint('quiet', speedOf(factor)),
    modelTable(sight, paint),
    `${paint('strong', 'Alerts')}  ${paint('quiet', '░ pending  █ firing')}`,
    ...shown,
    ...(lines.length > shown.length ? [paint('quiet', `and ${lines.length - shown.length} more`)] : []),
    ...renderScale(NAME_COLUMNS, scale),
    '',
  ].join('\n');
}

/** Says plainly what is not as shipped. */
export const speedOf = (factor: number): string =>
  factor === 1
    ? 'The rules as shipped, in their own time.'
    : `Demo time: all windows, waiting times and intervals of rules and routes ÷ ${factor}; thresholds as shipped.`;

/** Why the seconds of the demo are not minutes of true time divided by its factor. */
export const LATER_THAN_TRUE =
  'Answers and telemetry on its way take as long as ever: alerts come later here than in true time ÷ the factor.';

function clock(now: number, total: number): string {
  return now < total ? `${timeIn(total, Math.floor(now))} of ${timeIn(total, total)}` : 'the last answers come in';
}

function modelTable({ models, pages }: Sight, paint: Paint): string {
  const table = new Table({
    head: ['Model', 'Transport up', 'Usable', 'Degraded', 'Unusable', "Vendor's page says"],
    colAligns: ['left', 'right', 'right', 'right', 'right', 'left'],
    style: { head: [], border: [] },
  });
  const share = (value: number | null) => paint(toneOf(value), percent(value));
  const harm = (value: number | null) => paint(toneOf(value === null ? null : 1 - value), percent(value));
  for (const { provider, model, transportUpShare, usableShare, degradedShare, unusableShare } of models)
    table.push([
      model,
      share(transportUpShare),
      share(usableShare),
      harm(degradedShare),
      harm(unusableShare),
      pageOf(pages, provider, paint),
    ]);
  return models.length === 0 ? 'No calls were counted yet.' : table.toString();
}

function pageOf(pages: Sight['pages'], provider: string, paint: Paint): string {
  const status = pages.get(provider);
  if (status === undefined) return paint('quiet', 'unknown');
  return paint(status === 0 ? 'good' : 'fair', STATUSES[status] ?? 'unknown');
}

/** One line for each alert and subject: worst first, then the first to fire. */
function alertLines(
  { alerts, now }: Sight,
  { cells, totalSeconds, paint }: StackBoardOptions & { readonly cells: number },
): readonly string[] {
  const subjects = [...Map.groupBy(alerts, (alert) => keyOf(labelsOf(alert))).values()];
  const rank = (spells: readonly ToldAlert[]) =>
    (SEVERITIES[spells[0]?.severity ?? '']?.rank ?? 3) + (spells.some(({ firing }) => firing !== null) ? 0 : 10);
  return subjects
    .toSorted((a, b) => rank(a) - rank(b))
    .map((spells) => {
      const [first] = spells;
      if (first === undefined) return '';
      const { tone } = SEVERITIES[first.severity] ?? { tone: 'quiet' as const };
      const name = `${first.alert} ${subjectOf(first)}`.slice(0, NAME_COLUMNS - 1).padEnd(NAME_COLUMNS);
      const strip = Array.from({ length: cells }, (_, cell) => {
        const time = ((cell + 1) / cells) * totalSeconds;
        return time > now ? ' ' : stateCell(spells, time);
      }).join('');
      return `${name}${paint(tone, strip)}`;
    });
}

function stateCell(spells: readonly ToldAlert[], time: number): string {
  const spell = spells.find(({ pending, ended }) => pending <= time && time < (ended ?? Infinity));
  if (spell === undefined) return '·';
  return spell.firing !== null && spell.firing <= time ? '█' : '░';
}

/** Labels that tell one alert from others of its name, in few words. */
export function subjectOf({ labels }: Pick<ToldAlert, 'labels'>): string {
  const { long, short, declared, gen_ai_provider_name: provider, gen_ai_request_model: model, ...rest } = labels;
  const windows = long === undefined ? [] : [`${long}/${short}`];
  return [model ?? provider ?? [], Object.values(rest), windows, declared === undefined ? [] : 'declared']
    .flat()
    .join(' ');
}

/** One line of a moment, where there is no screen to draw on. */
export function renderStackLine({ now, models, alerts, pages }: Sight): string {
  const on = alerts.filter(({ ended }) => ended === null);
  const count = (isFiring: boolean) => on.filter(({ firing }) => (firing !== null) === isFiring).length;
  return [
    seconds(now, 0).padStart(6),
    ...models.map(
      ({ provider, model, transportUpShare, usableShare }) =>
        `${model}: up ${percent(transportUpShare)}, usable ${percent(usableShare)}, page ${STATUSES[pages.get(provider) ?? -1] ?? 'unknown'}`,
    ),
    `alerts: ${count(false)} pending, ${count(true)} firing`,
  ].join(' | ');
}
