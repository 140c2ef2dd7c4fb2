import type { Random } from '../content/random.ts';
import type { Frame, Step } from './step.ts';

/** How fast the simulated models talk. */
export interface Timing {
  /** Milliseconds from the request to the first output token, before jitter. */
  readonly firstTokenMs: number;
  /** Output tokens in a second, before jitter. */
  readonly tokensPerSecond: number;
  /** Spread of both, as a share: 0.3 means anything from 70 % to 130 %. */
  readonly jitter: number;
  /** No waiting at all, for tests. Faults keep their own delays. */
  readonly instant: boolean;
}

export const DEFAULT_TIMING: Timing = { firstTokenMs: 350, tokensPerSecond: 80, jitter: 0.3, instant: false };

/** The head of a response comes while the first token is still being made. */
const SHARE_BEFORE_HEAD = 0.6;

export interface Pace {
  firstToken(): number;
  tokens(count: number): number;
}

export function createPace(timing: Timing, random: Random): Pace {
  const around = (milliseconds: number) =>
    timing.instant ? 0 : milliseconds * (1 + timing.jitter * (2 * random.next() - 1));
  return {
    firstToken: () => around(timing.firstTokenMs),
    tokens: (count) => around((count * 1000) / timing.tokensPerSecond),
  };
}

/** The script of a healthy streamed reply. */
export function streamScript(
  frames: readonly Frame[],
  head: (processingMilliseconds: number) => Step,
  pace: Pace,
): Step[] {
  const first = pace.firstToken();
  const steps: Step[] = [wait(first * SHARE_BEFORE_HEAD), head(Math.round(first * SHARE_BEFORE_HEAD))];
  let spoken = false;
  for (const frame of frames) {
    if (frame.part === 'output') {
      steps.push(wait(spoken ? pace.tokens(frame.tokens) : first * (1 - SHARE_BEFORE_HEAD)));
      spoken = true;
    }
    steps.push({ do: 'write', text: frame.text, part: frame.part });
  }
  return [...steps, { do: 'end' }];
}

/** The script of a healthy reply in one piece: nothing comes until everything is there. */
export function wholeScript(
  body: string,
  tokens: number,
  head: (processingMilliseconds: number) => Step,
  pace: Pace,
): Step[] {
  const duration = pace.firstToken() + pace.tokens(tokens);
  return [wait(duration), head(Math.round(duration)), { do: 'write', text: body, part: 'output' }, { do: 'end' }];
}

function wait(milliseconds: number): Step {
  return { do: 'wait', milliseconds };
}
