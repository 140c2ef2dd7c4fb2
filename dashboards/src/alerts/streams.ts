import { CALLS } from '../recording/calls.ts';
import { SYMPTOMS } from '../recording/symptoms.ts';
import { asWellAs, WHOSE_IS_IT, worstFirst } from './diagnosis.ts';
import { symptomAlert } from './symptom.ts';

const OF_STREAMS = { of: CALLS.streamed, ofWhat: 'streams' } as const;

export const STREAM_ALERTS = {
  BrownoutStreamsStalling: symptomAlert({
    ...OF_STREAMS,
    category: 'stalled',
    dashboard: 'streaming',
    share: SYMPTOMS.silent,
    threshold: 0.05,
    says: 'went silent for longer than the gap budget',
    summary: 'Streams go silent in the middle of their answers.',
    runbook: {
      meaning:
        'Streams began and then sent nothing for longer than the gap budget allows. Some went on later, some never ended. The status line was a 2xx, so nothing else notices.',
      impact:
        'Users see half a sentence that stands still. A client without a gap timeout waits for its whole deadline.',
      us: asWellAs(
        {
          text: 'A proxy of ours that buffers streams makes gaps as well: then streams of all providers stall.',
          queries: [worstFirst(SYMPTOMS.silent)],
        },
        WHOSE_IS_IT.us,
      ),
      mitigation: [
        'Ask without streaming where the answer is short: a stall then ends with the deadline and can be retried.',
        'Lower the gap budget of use cases that have a fallback, so that they change over sooner.',
        'Move the use case to another model; stalls are often of one model or one region.',
      ],
      falsePositives: [
        'Models that think before they write are silent for long: give their use cases a longer gap budget.',
        'A machine that stands still (garbage collection, a throttled container) sees gaps where there are none. Then every provider stalls at once.',
      ],
    },
  }),
  BrownoutStreamsCut: symptomAlert({
    of: CALLS.answered,
    ofWhat: 'answers',
    category: 'stalled',
    dashboard: 'streaming',
    share: SYMPTOMS.cut,
    threshold: 0.03,
    says: 'ended without the marker that ends them',
    summary: 'Streams and bodies end before their answers do.',
    runbook: {
      meaning:
        "The connection was closed in the middle of an answer, without the protocol's own last event. Many clients take what came so far for the whole answer and report a normal stop.",
      impact: 'Answers lack their end: a sentence, a closing brace, a tool call. Structured output does not parse.',
      us: asWellAs(
        {
          text: 'An idle timeout of a proxy or load balancer of ours cuts all long streams, of every provider, after the same time.',
          queries: [worstFirst(SYMPTOMS.cut)],
        },
        WHOSE_IS_IT.us,
      ),
      mitigation: [
        'Retry answers that were cut: the application got no error for them.',
        'Ask without streaming where nobody reads along.',
        'Move the use case to another model or region.',
      ],
      falsePositives: [
        'A deployment of a proxy on the way cuts the streams that run through it, once.',
        'A server that speaks almost the dialect and leaves out its last event cuts every stream: all of its calls are in the share.',
      ],
    },
  }),
  BrownoutFirstChunkOverBudget: symptomAlert({
    ...OF_STREAMS,
    category: 'slow',
    dashboard: 'streaming',
    share: SYMPTOMS.late,
    threshold: 0.1,
    says: 'had no first chunk within their budget',
    summary: 'Streams begin later than their budget allows.',
    runbook: {
      meaning:
        'The first chunk with output came later than the budget for it, or not at all. Retries and the waits between them count: it is the time that the user waited.',
      impact: 'Users look at an empty answer. Those who can, leave or ask again, which adds load.',
      mitigation: [
        'Look at retries first: a wait between attempts is part of the time.',
        'Send less: long prompts without a cache hit are slow to begin.',
        'Move interactive use cases to a smaller or another model; leave batch work where it is.',
      ],
      falsePositives: [
        'The budget is shorter than the model ever was: compare with the median time to the first chunk on the dashboard.',
        'A reasoning model that hides its thoughts begins late by design.',
      ],
    },
  }),
} as const;
