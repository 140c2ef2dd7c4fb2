import { styleText } from 'node:util';

export type Tone = 'good' | 'fair' | 'bad' | 'quiet' | 'strong';

/** Colours a text, or leaves it as it is. */
export type Paint = (tone: Tone, text: string) => string;

const STYLES = { good: 'green', fair: 'yellow', bad: 'red', quiet: 'dim', strong: 'bold' } as const satisfies Record<
  Tone,
  string
>;

/** Colours for a terminal that shows them: no other stream gets any, nor anybody who sets `NO_COLOR`. */
export function createPaint(stream: NodeJS.WriteStream): Paint {
  return (tone, text) => styleText(STYLES[tone], text, { stream });
}

export function percent(share: number | null): string {
  return share === null ? '–' : `${Math.round(share * 100)} %`;
}

export function seconds(value: number | null, digits = 1): string {
  return value === null ? '–' : `${value.toFixed(digits)} s`;
}

/** Times of a run of so many seconds are told in minutes where seconds would be thousands. */
export const unitOf = (totalSeconds: number): 'minutes' | 'seconds' => (totalSeconds > 600 ? 'minutes' : 'seconds');

/** A time in a run of so many seconds, in its unit and without it: `35`, `12:05`. */
export function bareTime(totalSeconds: number, value: number): string {
  const whole = Math.round(Math.abs(value));
  if (unitOf(totalSeconds) === 'seconds') return value.toFixed(0);
  return `${value < 0 ? '−' : ''}${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

/** The same with it. */
export const timeIn = (totalSeconds: number, value: number | null): string =>
  value === null ? '–' : `${bareTime(totalSeconds, value)} ${unitOf(totalSeconds) === 'minutes' ? 'min' : 's'}`;

/** How good a share is, where all is best. */
export function toneOf(share: number | null): Tone {
  if (share === null) return 'quiet';
  if (share >= 0.95) return 'good';
  return share >= 0.7 ? 'fair' : 'bad';
}

/** Reasons with their counts, most frequent first, as lines of at most so many columns (one may be longer). */
export function reasonLines(reasons: Readonly<Record<string, number>>, columns: number): readonly string[] {
  const lines: string[] = [];
  for (const [reason, count] of Object.entries(reasons)) {
    const part = `${reason} ${count}`;
    const longer = `${lines.at(-1)} · ${part}`;
    if (lines.length > 0 && longer.length <= columns) lines[lines.length - 1] = longer;
    else lines.push(part);
  }
  return lines;
}
