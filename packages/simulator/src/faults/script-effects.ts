import type { InBandKind } from '../endpoint.ts';
import type { Step } from '../wire/step.ts';
import type { SCRIPT_FAULTS } from './catalogue-script.ts';
import { numberAt, type Effect } from './effect.ts';
import {
  beforeOutput,
  firstHalf,
  isOutput,
  keepOutput,
  mapNthOutput,
  replaceBody,
  SETTLE,
  truncateData,
  wait,
} from './script-edits.ts';

const HTML_PAGE =
  '<!DOCTYPE html>\n<html><head><title>Just a moment...</title></head>\n<body><h1>Checking your browser before you continue</h1></body></html>\n';

/** Silence, and after it the end of the socket if one was asked for. */
function silence(closeAfterMs: number): Step[] {
  return closeAfterMs === 0 ? [{ do: 'hang' }] : [wait(closeAfterMs), { do: 'destroy' }];
}

function inBandError(kind: InBandKind): Effect {
  return {
    at: 'script',
    rewrite: (steps, values, context) => {
      if (!context.streamed) return replaceBody(steps, context.wholeError(kind), 'application/json');
      const kept = keepOutput(steps, numberAt(values, 'afterChunks'));
      const sent = kept.filter((step) => step.do === 'write').length;
      const frames = context.errorFrames(kind, String(values['form']), sent);
      return [
        ...kept,
        ...frames.map((frame): Step => ({ do: 'write', text: frame.text, part: frame.part })),
        { do: 'end' },
      ];
    },
  };
}

/** What each fault does to the script of a healthy reply. */
export const SCRIPT_EFFECTS = {
  connection_refused: { at: 'script', rewrite: () => [{ do: 'destroy' }] },
  connection_reset: {
    at: 'script',
    rewrite: (_steps, values) => [wait(numberAt(values, 'delayMs')), { do: 'reset' }],
  },
  no_headers: { at: 'script', rewrite: () => [{ do: 'hang' }] },
  late_headers: { at: 'script', rewrite: (steps, values) => [wait(numberAt(values, 'delayMs')), ...steps] },
  late_body: {
    at: 'script',
    rewrite: (steps, values) =>
      steps
        .filter((step) => step.do !== 'wait')
        .flatMap((step) => (step.do === 'write' ? [wait(numberAt(values, 'delayMs')), step] : [step])),
  },
  late_first_chunk: {
    at: 'script',
    rewrite: (steps, values) => beforeOutput(steps, (index) => (index === 0 ? numberAt(values, 'delayMs') : 0)),
  },
  slow_drip: {
    at: 'script',
    rewrite: (steps, values) => beforeOutput(steps, (index) => (index === 0 ? 0 : numberAt(values, 'delayMs'))),
  },
  stall_then_recover: {
    at: 'script',
    rewrite: (steps, values) => {
      const last = steps.filter(isOutput).length - 1;
      const place = Math.min(numberAt(values, 'afterChunks'), last);
      return beforeOutput(steps, (index) => (index === place ? numberAt(values, 'stallMs') : 0));
    },
  },
  stall: {
    at: 'script',
    rewrite: (steps, values) => [
      ...keepOutput(steps, numberAt(values, 'afterChunks')),
      ...silence(numberAt(values, 'closeAfterMs')),
    ],
  },
  pings_only: {
    at: 'script',
    rewrite: (steps, values, { keepAlive }) => {
      const everyMilliseconds = Math.max(1, numberAt(values, 'everyMs'));
      const closeAfterMs = numberAt(values, 'closeAfterMs');
      const times = closeAfterMs === 0 ? Number.POSITIVE_INFINITY : Math.ceil(closeAfterMs / everyMilliseconds);
      return [...keepOutput(steps, 0), { do: 'repeat', text: keepAlive, everyMilliseconds, times }, { do: 'destroy' }];
    },
  },
  cut_with_error: {
    at: 'script',
    rewrite: (steps, values, { streamed }) => {
      const kept = streamed ? keepOutput(steps, numberAt(values, 'afterChunks')) : firstHalf(steps);
      return [...kept, SETTLE, { do: 'reset' }];
    },
  },
  cut_clean: {
    at: 'script',
    rewrite: (steps, values) => [...keepOutput(steps, numberAt(values, 'afterChunks')), { do: 'end' }],
  },
  missing_terminal: {
    at: 'script',
    rewrite: (steps) => steps.filter((step) => !(step.do === 'write' && step.part === 'terminal')),
  },
  in_band_server_error: inBandError('server_error'),
  in_band_overloaded: inBandError('overloaded'),
  in_band_rate_limit: inBandError('rate_limited'),
  malformed_sse: {
    at: 'script',
    rewrite: (steps, values) => mapNthOutput(steps, numberAt(values, 'afterChunks'), truncateData),
  },
  truncated_json: {
    at: 'script',
    rewrite: (steps, _values, { wholeBody }) =>
      replaceBody(steps, wholeBody.slice(0, Math.ceil(wholeBody.length / 2)), 'application/json'),
  },
  html_200: { at: 'script', rewrite: (steps) => replaceBody(steps, HTML_PAGE, 'text/html; charset=utf-8') },
  json_for_sse: {
    at: 'script',
    rewrite: (steps, _values, { wholeBody }) => replaceBody(steps, wholeBody, 'application/json'),
  },
  empty_200: { at: 'script', rewrite: (steps) => replaceBody(steps, '', null) },
} as const satisfies Record<keyof typeof SCRIPT_FAULTS, Effect>;
