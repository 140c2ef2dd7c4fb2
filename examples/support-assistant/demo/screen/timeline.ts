import type { Brownout } from '../telemetry/detect-brownout.ts';
import { modelFigures } from '../telemetry/figures.ts';
import { increase, sampleAt, type Sample } from '../telemetry/sample.ts';
import { pageStateAt, type PageTelemetry } from '../telemetry/status-page.ts';
import { toneOf, unitOf, type Paint } from './format.ts';

export interface TimelineOptions {
  readonly samples: readonly Sample[];
  readonly pages: PageTelemetry;
  /** Whose page is shown. */
  readonly provider: string;
  readonly model: string;
  readonly brownout: Brownout | null;
  /** The schedule's phases, shown for comparison. */
  readonly phases: readonly { readonly name: string; readonly atMs: number }[];
  /** What the whole width stands for, and how much of it is over. */
  readonly totalSeconds: number;
  readonly now: number;
  readonly cells: number;
  readonly paint: Paint;
}

type ScaleOptions = Pick<TimelineOptions, 'phases' | 'totalSeconds' | 'cells' | 'paint'>;

const BARS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;

/** Each cell is about the calls that ended in so many seconds before it. */
const CELL_WINDOW_SECONDS = 3;

/** Seconds between two marks of the scale: the first that makes few enough of them. */
const STEPS = [5, 10, 20, 30, 60, 120, 600] as const;
const MOST_MARKS = 8;

/** Five lines on one scale: usable share, what was detected, what the vendor declared, what was played, the time. */
export function renderTimeline(options: TimelineOptions): readonly string[] {
  const { cells } = options;
  const times = Array.from({ length: cells }, (_, cell) => ((cell + 1) / cells) * options.totalSeconds);
  return [
    `Usable    ${times.map((time) => usableCell(time, options)).join('')}`,
    `Detected  ${times.map((time) => detectedCell(time, options)).join('')}`,
    `Declared  ${times.map((time) => declaredCell(time, options)).join('')}`,
    ...renderScale('Played    '.length, options),
  ];
}

/** What was played, and the time, under whatever is drawn on the same cells. */
export function renderScale(nameColumns: number, options: ScaleOptions): readonly string[] {
  const unit = unitOf(options.totalSeconds) === 'minutes' ? 'Minutes' : 'Seconds';
  return [
    `${'Played'.padEnd(nameColumns)}${phaseLine(options)}`,
    `${unit.padEnd(nameColumns)}${timeLine(options)}`,
  ].map((line) => options.paint('quiet', line));
}

function usableCell(time: number, { samples, model, now, paint }: TimelineOptions): string {
  if (time > now) return ' ';
  const series = increase(sampleAt(samples, time - CELL_WINDOW_SECONDS), sampleAt(samples, time));
  const { usableShare } = modelFigures(series, [model]);
  if (usableShare === null) return paint('quiet', '·');
  return paint(toneOf(usableShare), BARS[Math.round(usableShare * (BARS.length - 1))] ?? '');
}

function detectedCell(time: number, { brownout, now, paint }: TimelineOptions): string {
  if (time > now) return ' ';
  const isOn = brownout !== null && time >= brownout.onset && time <= (brownout.end ?? Infinity);
  return isOn ? paint('bad', '━') : paint('quiet', '─');
}

function declaredCell(time: number, { pages, provider, now, paint }: TimelineOptions): string {
  if (time > now) return ' ';
  const { status } = pageStateAt(pages, provider, time);
  if (status === 'unknown') return paint('quiet', '·');
  return status === 'operational' ? paint('quiet', '─') : paint('fair', '━');
}

function phaseLine(options: ScaleOptions): string {
  return ruler(
    options.phases.map(({ name, atMs }) => ({ label: name, at: atMs / 1000 })),
    options,
  );
}

function timeLine(options: ScaleOptions): string {
  const { totalSeconds } = options;
  const unit = unitOf(totalSeconds) === 'minutes' ? 60 : 1;
  const step = STEPS.find((seconds) => totalSeconds / seconds <= MOST_MARKS) ?? totalSeconds;
  const count = Math.ceil(totalSeconds / step);
  return ruler(
    Array.from({ length: count }, (_, index) => ({ label: String((index * step) / unit), at: index * step })),
    options,
  );
}

/** Labels at their places on the scale, each cut where the next one begins. */
function ruler(
  marks: readonly { readonly label: string; readonly at: number }[],
  { totalSeconds, cells }: ScaleOptions,
): string {
  const cellOf = (time: number) => Math.round((time / totalSeconds) * cells);
  return marks
    .map(({ label, at }, index) => {
      const width = cellOf(marks[index + 1]?.at ?? totalSeconds) - cellOf(at);
      return `│${label}`.slice(0, width).padEnd(width);
    })
    .join('');
}
