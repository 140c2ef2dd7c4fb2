import { createLogUpdate } from 'log-update';
import type { Moment } from '../run-demo.ts';
import { pageStateAt } from '../telemetry/status-page.ts';
import { figuresOf, providerOf, renderBoard, type BoardOptions } from './board.ts';
import { percent, reasonLines, seconds } from './format.ts';

/** Shows moments as they come. */
export interface Show {
  moment(moment: Moment): void;
  /** Leaves the last moment standing. */
  done(): void;
}

type ShowOptions = Omit<BoardOptions, 'columns'>;

/** In place on a terminal, a line every few seconds anywhere else. */
export function createShow(stream: NodeJS.WriteStream, options: ShowOptions): Show {
  return stream.isTTY ? showInPlace(stream, options) : showLines(stream);
}

export const SILENT: Show = { moment: () => undefined, done: () => undefined };

function showInPlace(stream: NodeJS.WriteStream, options: ShowOptions): Show {
  const update = createLogUpdate(stream, { showCursor: false });
  return {
    moment: (moment) => update(renderBoard(moment, { ...options, columns: stream.columns })),
    done: () => update.done(),
  };
}

const SECONDS_BETWEEN_LINES = 3;

function showLines(stream: NodeJS.WriteStream): Show {
  let next = SECONDS_BETWEEN_LINES;
  return {
    moment: (moment) => {
      if (moment.now < next) return;
      next += SECONDS_BETWEEN_LINES;
      stream.write(`${renderLine(moment)}\n`);
    },
    done: () => undefined,
  };
}

function renderLine(moment: Moment): string {
  const { users, uptime } = figuresOf(moment);
  const state = moment.brownout?.end === null ? 'BROWNOUT' : '';
  return [
    seconds(moment.now, 0).padStart(5),
    `up ${percent(users.transportUpShare)}, HTTP 2xx ${percent(uptime.vendorHttp2xxShare)}`.padEnd(23),
    `usable ${percent(users.usableShare)}, degraded ${percent(users.degradedShare)}, unusable ${percent(users.unusableShare)}`,
    `first chunk p95 ${seconds(users.firstChunkP95Seconds)}`,
    `page ${pageStateAt(moment.telemetry.pages, providerOf(moment), moment.now).status}`,
    `retries ${users.retries}, fallbacks ${users.fallbacks}`,
    ...reasonLines(users.reasons, Infinity),
    state,
  ]
    .filter((part) => part !== '')
    .join(' | ');
}
