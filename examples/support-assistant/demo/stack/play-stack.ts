import { once } from 'node:events';
import { join } from 'node:path';
import { loadSchedule, stretchSchedule } from '@brownout/simulator';
import type { DemoOptions } from '../run-demo.ts';
import type { Paint } from '../screen/format.ts';
import { getPrograms } from './get-programs.ts';
import { runStack } from './run-stack.ts';
import { createStackShow, SILENT_STACK } from './stack-show.ts';
import { renderStackSummary } from './stack-summary-text.ts';

export interface PlayOptions extends Pick<DemoOptions, 'ticketsPerSecond' | 'signal' | 'onError'> {
  readonly json: boolean;
  /** Rules as shipped, in the time that they take. */
  readonly trueWindows: boolean;
  /** Goes on after the summary until it is interrupted. */
  readonly keep: boolean;
  readonly paint: Paint;
}

/** How long the recorded schedule is played, in seconds: until what it set off is over. */
const RECORDED_SECONDS = 68 * 60;
/** Three and a half minutes are bearable, and a window of five minutes still holds forty-five calls. */
const FACTOR = 20;

/** Plays the brownout with the real programs, and writes its screen and summary to the standard output. */
export async function playStack({ json, trueWindows, keep, paint, signal, ...options }: PlayOptions): Promise<void> {
  const factor = trueWindows ? 1 : FACTOR;
  const seconds = RECORDED_SECONDS / factor;
  const schedule = stretchSchedule(loadSchedule(join(import.meta.dirname, 'brownout-hour.yaml')), 1 / factor);
  const programs = await getPrograms((text) => process.stderr.write(`${text}\n`));
  signal.throwIfAborted();
  if (!json)
    for (const [name, { version, from, path }] of Object.entries(programs))
      process.stdout.write(paint('quiet', `${name} ${version} (${from}: ${path})\n`));
  const show = json
    ? SILENT_STACK
    : createStackShow(process.stdout, { totalSeconds: seconds, factor, phases: schedule.phases, paint });
  try {
    await runStack({
      ...options,
      schedule,
      seconds,
      factor,
      signal,
      programs,
      onStart: ({ prometheusUrl, alertmanagerUrl }) => {
        if (!json) process.stdout.write(`Prometheus ${prometheusUrl}, Alertmanager ${alertmanagerUrl}\n`);
      },
      onSight: (sight) => show.sight(sight),
      onSummary: async (summary) => {
        show.done();
        process.stdout.write(json ? `${JSON.stringify(summary)}\n` : renderStackSummary(summary, paint));
        if (!keep) return;
        process.stdout.write(
          json ? '' : `It goes on, until Ctrl-C: ${summary.prometheus}/alerts and ${summary.alertmanager}\n`,
        );
        await once(signal, 'abort');
      },
    });
  } finally {
    show.done();
  }
}
