import type { ServerResponse } from 'node:http';
import type { Clock } from './clock.ts';
import type { Step } from './step.ts';

/** Plays a script on a socket, step by step, until its end or until the signal says that nobody listens any more. */
export async function play(
  steps: readonly Step[],
  response: ServerResponse,
  clock: Clock,
  signal: AbortSignal,
  onStep: (step: Step) => void,
): Promise<void> {
  for (const step of steps) {
    if (signal.aborted) return;
    onStep(step);
    await playStep(step, response, clock, signal);
  }
}

async function playStep(step: Step, response: ServerResponse, clock: Clock, signal: AbortSignal): Promise<void> {
  switch (step.do) {
    case 'wait':
      return clock.sleep(step.milliseconds, signal);
    case 'head':
      response.writeHead(step.status, step.headers);
      response.flushHeaders();
      return;
    case 'write':
      return write(response, step.text);
    case 'repeat':
      for (let count = 0; count < step.times && !signal.aborted; count += 1) {
        await write(response, step.text);
        await clock.sleep(step.everyMilliseconds, signal);
      }
      return;
    case 'end':
      return new Promise((resolve) => {
        response.once('close', resolve);
        response.end(resolve);
      });
    case 'destroy':
      response.socket?.destroy();
      return;
    case 'reset':
      response.socket?.resetAndDestroy();
      return;
    case 'hang':
      return signal.aborted
        ? undefined
        : new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
  }
}

/** Waits until the bytes left this process, so that a slow reader slows the writer and a reset loses nothing by chance. */
function write(response: ServerResponse, text: string): Promise<void> {
  return new Promise((resolve) => {
    response.write(text, () => resolve());
  });
}
