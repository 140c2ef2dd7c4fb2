'use strict';

/** Silences and delays that are long by default, made short: what is compared is the program, not its budgets. */
const quick = {
  late_headers: { delayMs: 120 },
  late_body: { delayMs: 120 },
  late_first_chunk: { delayMs: 120 },
  slow_drip: { delayMs: 3 },
  stall_then_recover: { stallMs: 120 },
  stall: { closeAfterMs: 120 },
  pings_only: { everyMs: 20, closeAfterMs: 120 },
};

/** What never ends by itself is ended once the request is on its way. */
const endless = new Set(['no_headers']);
const signalFor = (fault, sent) => {
  if (!endless.has(fault)) return {};
  const controller = new AbortController();
  void sent().then(() => setTimeout(() => controller.abort(), 50));
  return { signal: controller.signal };
};

const read = async (answer, say) => {
  let seen = 0;
  try {
    for await (const event of answer) {
      seen++;
      if (event.error !== undefined) say(event);
    }
  } finally {
    say('events before the end:', seen > 0);
  }
};

/**
 * One program per fault of the simulator's catalogue and mode. `watch` ends the ones that would wait for ever;
 * where a cut stream ends depends on the socket, so only whether something came is printed.
 */
const failurePrograms = (faults) =>
  Object.fromEntries(
    Object.keys(faults).flatMap((fault) => [
      [
        `meets ${fault} in a plain call`,
        async ({ sent, call, client, attempt }) =>
          attempt('call', () =>
            call(client({ fault, params: quick[fault], options: { maxRetries: 0 } }), {}, signalFor(fault, sent)),
          ),
      ],
      [
        `meets ${fault} in a streamed call`,
        async ({ say, sent, stream, client, attempt }) =>
          attempt('stream', async () =>
            read(
              await stream(
                client({ fault, params: quick[fault], options: { maxRetries: 0 } }),
                {},
                signalFor(fault, sent),
              ),
              say,
            ),
          ),
      ],
    ]),
  );

/** Errors that the SDK hides by retrying, and those that it does not. */
const retryPrograms = {
  ...Object.fromEntries(
    ['rate_limited', 'internal_server_error', 'overloaded', 'connection_reset'].flatMap((fault) => [
      [
        `retries ${fault} twice, then gives the error`,
        async ({ call, client, attempt }) => attempt('call', () => call(client({ fault }))),
      ],
      [
        `retries ${fault} once and gets an answer`,
        async ({ say, call, client }) => say(Object.keys(await call(client({ fault, params: { times: 1 } })))),
      ],
    ]),
  ),
  'retries a stream once and gets an answer': async ({ say, stream, client, attempt }) => {
    await attempt('stream', async () =>
      read(await stream(client({ fault: 'rate_limited', params: { times: 1 } })), say),
    );
  },
  'refuses a call that the SDK finds invalid': async ({ call, client, attempt }) => {
    await attempt('timeout', () => call(client(), {}, { timeout: -1 }));
    await attempt('circular', () => {
      const metadata = {};
      metadata.self = metadata;
      return call(client(), { metadata });
    });
  },
};

module.exports = { failurePrograms, retryPrograms };
