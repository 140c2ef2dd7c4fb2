import { createLogUpdate } from 'log-update';
import { renderStackBoard, renderStackLine, speedOf, subjectOf, type StackBoardOptions } from './stack-board.ts';
import type { Sight, ToldAlert } from './watch.ts';

/** Shows sights as they come. */
export interface StackShow {
  sight(sight: Sight): void;
  /** Leaves the last one standing. */
  done(): void;
}

type ShowOptions = Omit<StackBoardOptions, 'columns' | 'rows'>;

/** In place on a terminal; anywhere else a line now and then, and one for each change of an alert. */
export function createStackShow(stream: NodeJS.WriteStream, options: ShowOptions): StackShow {
  if (!stream.isTTY) return showLines(stream, options);
  const update = createLogUpdate(stream, { showCursor: false });
  return {
    sight: (sight) => update(renderStackBoard(sight, { ...options, columns: stream.columns, rows: stream.rows })),
    done: () => update.done(),
  };
}

export const SILENT_STACK: StackShow = { sight: () => undefined, done: () => undefined };

/** In the time that the rules run in: a minute, where they are as shipped. */
const LEAST_SECONDS_BETWEEN_LINES = 10;

function showLines(stream: NodeJS.WriteStream, { factor }: ShowOptions): StackShow {
  stream.write(`${speedOf(factor)}\n`);
  const between = Math.max(LEAST_SECONDS_BETWEEN_LINES, 60 / factor);
  const told = new Set<string>();
  let next = 0;
  const tellOnce = (alert: ToldAlert, what: 'pending' | 'firing' | 'ended') => {
    const at = alert[what];
    const text = `${alert.severity} ${alert.alert} ${subjectOf(alert)}`;
    const key = `${text} ${what} ${at}`;
    if (at === null || told.has(key)) return;
    told.add(key);
    stream.write(`${`${at.toFixed(0)} s`.padStart(6)} | ${what === 'ended' ? 'over' : what}: ${text}\n`);
  };
  return {
    sight: (sight) => {
      for (const alert of sight.alerts)
        for (const what of ['pending', 'firing', 'ended'] as const) tellOnce(alert, what);
      if (sight.now < next) return;
      next += between;
      stream.write(`${renderStackLine(sight)}\n`);
    },
    done: () => undefined,
  };
}
