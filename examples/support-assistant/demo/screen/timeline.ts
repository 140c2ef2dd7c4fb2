import type { Brownout } from '../telemetry/detect-brownout.ts';
import { modelFigures } from '../telemetry/figures.ts';
import { increase, sampleAt, type Sample } from '../telemetry/sample.ts';
import { toneOf, type Paint } from './format.ts';

export interface TimelineOptions {
  readonly samples: readonly Sample[];
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

const BARS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;

/** Each cell is about the calls that ended in so many seconds before it. */
const CELL_WINDOW_SECONDS = 3;

/** Four lines on one scale: usable share, what was detected, what was played, the time. */
export function renderTimeline(options: TimelineOptions): readonly string[] {
  const { cells, paint } = options;
  const times = Array.from({ length: cells }, (_, cell) => ((cell + 1) / cells) * options.totalSeconds);
  return [
    `Usable    ${times.map((time) => usableCell(time, options)).join('')}`,
    `Detected  ${times.map((time) => detectedCell(time, options)).join('')}`,
    paint('quiet', `Played    ${phaseLine(options)}`),
    paint('quiet', `Seconds   ${secondsLine(options)}`),
  ];
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

function phaseLine({ phases, totalSeconds, cells }: TimelineOptions): string {
  const cellOf = (milliseconds: number) => Math.round((milliseconds / 1000 / totalSeconds) * cells);
  return phases
    .map(({ name, atMs }, index) => {
      const width = cellOf(phases[index + 1]?.atMs ?? totalSeconds * 1000) - cellOf(atMs);
      return `│${name}`.slice(0, width).padEnd(width);
    })
    .join('');
}

function secondsLine({ totalSeconds, cells }: TimelineOptions): string {
  const steps = 4;
  const marks = Array.from({ length: steps }, (_, step) => `│${Math.round((step / steps) * totalSeconds)}`);
  return marks.map((mark) => mark.padEnd(cells / steps)).join('');
}
