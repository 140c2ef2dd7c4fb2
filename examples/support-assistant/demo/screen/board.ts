import Table from 'cli-table3';
import { answeringModels, modelFigures, serviceFigures } from '../telemetry/figures.ts';
import { increase, sampleAt } from '../telemetry/sample.ts';
import type { Moment } from '../run-demo.ts';
import { pageStateAt } from '../telemetry/status-page.ts';
import { percent, reasonLines, seconds, toneOf, type Paint } from './format.ts';
import { renderTimeline, type TimelineOptions } from './timeline.ts';

/** The figures are about the last so many seconds. */
const LIVE_WINDOW_SECONDS = 8;

/** Of the lines under the table. */
const LABEL_COLUMNS = 10;

export interface BoardOptions {
  readonly columns: number;
  readonly totalSeconds: number;
  readonly phases: TimelineOptions['phases'];
  readonly paint: Paint;
}

/** The figures of a moment that both ways of showing it use. */
export function figuresOf({ telemetry: { samples }, now, brownout }: Moment) {
  const models = answeringModels(increase(undefined, samples.at(-1)));
  const model = brownout?.model ?? models[0] ?? '';
  const recent = increase(sampleAt(samples, now - LIVE_WINDOW_SECONDS), samples.at(-1));
  return { model, users: modelFigures(recent, [model]), uptime: serviceFigures(recent) };
}

/** Whose page it is that matters: that of the model that browned out, or of the one that is asked first. */
export function providerOf({ telemetry: { calls }, brownout }: Moment): string {
  return brownout?.provider ?? calls[0]?.provider ?? '';
}

/** The whole screen of a moment: what uptime monitoring sees beside what users got, and how it went. */
export function renderBoard(moment: Moment, { columns, totalSeconds, phases, paint }: BoardOptions): string {
  const { telemetry, brownout, now } = moment;
  const { model, users, uptime } = figuresOf(moment);
  const width = Math.min(columns, 100) - 1;
  const { samples, pages } = telemetry;
  const timeline = { samples, pages, provider: providerOf(moment), model, brownout, phases, totalSeconds, now, paint };
  const share = (value: number | null) => paint(toneOf(value), percent(value));
  const harm = (value: number | null) => paint(toneOf(value === null ? null : 1 - value), percent(value));

  return [
    '',
    `${paint('strong', 'Brownout demo')}  support-assistant asks ${model || 'its models'}  ${clock(now, totalSeconds)}`,
    status(moment, paint),
    table(width, paint, [
      [`${model || 'Model'}: transport up`, share(users.transportUpShare), 'Usable', share(users.usableShare)],
      ['Vendors: HTTP 2xx', share(uptime.vendorHttp2xxShare), 'Degraded', harm(users.degradedShare)],
      ['Vendors: headers p95', seconds(uptime.vendorHeadersP95Seconds), 'Unusable', harm(users.unusableShare)],
      ['Service: HTTP 2xx', share(uptime.serviceHttp2xxShare), 'First chunk p95', seconds(users.firstChunkP95Seconds)],
      ['Service: errors', harm(uptime.serviceErrorShare), 'Retries', String(users.retries)],
      ['', '', 'Fallbacks', String(users.fallbacks)],
    ]),
    `Reasons   ${reasonLines(users.reasons, width - LABEL_COLUMNS)[0] ?? 'none'}`,
    pageLine(moment, width, paint),
    '',
    ...renderTimeline({ ...timeline, cells: width - LABEL_COLUMNS }),
    '',
  ].join('\n');
}

function clock(now: number, total: number): string {
  return now < total ? `${Math.floor(now)} s of ${Math.round(total)} s` : 'the last answers come in';
}

function status({ brownout, now }: Moment, paint: Paint): string {
  if (brownout === null) return paint('good', '● no brownout');
  if (brownout.end === null) {
    return paint('bad', `● BROWNOUT of ${brownout.model} since ${seconds(now - brownout.onset, 0)}`);
  }
  return paint('good', `● recovered; brownout from ${seconds(brownout.onset)} to ${seconds(brownout.end)}`);
}

/** What the vendor says of itself, and when it first said so. */
function pageLine(moment: Moment, width: number, paint: Paint): string {
  const provider = providerOf(moment);
  const page = pageStateAt(moment.telemetry.pages, provider, moment.now);
  const onset = moment.brownout?.onset ?? null;
  const posted = page.incident?.posted ?? null;
  const lag =
    onset === null || posted === null || posted < onset ? '' : `, ${seconds(posted - onset, 0)} after the onset`;
  const said = page.incident === null ? '' : ` – "${page.incident.name}"${lag}`;
  const label = `Vendor    ${provider === '' ? 'the' : `${provider}'s`} status page says: `;
  const tone = page.status === 'operational' ? 'good' : page.status === 'unknown' ? 'quiet' : 'fair';
  return `${label}${paint(tone, page.status)}${said.slice(0, Math.max(0, width - label.length - page.status.length))}`;
}

function table(width: number, paint: Paint, rows: readonly (readonly string[])[]): string {
  const half = Math.floor((width - 5) / 2);
  const result = new Table({
    colWidths: [half - 9, 9, half - 9, 9],
    colAligns: ['left', 'right', 'left', 'right'],
    style: { head: [], border: [] },
  });
  result.push([
    { content: paint('strong', 'What uptime monitoring sees'), colSpan: 2 },
    { content: `${paint('strong', 'What users got')} (last ${LIVE_WINDOW_SECONDS} s)`, colSpan: 2 },
  ]);
  result.push(...rows.map((row) => [...row]));
  return withoutInnerRules(result.toString());
}

/** The table draws a rule under every row; one under its heading is enough. */
function withoutInnerRules(text: string): string {
  const lines = text.split('\n');
  return lines.filter((line, index) => index <= 2 || index === lines.length - 1 || !line.startsWith('├')).join('\n');
}
