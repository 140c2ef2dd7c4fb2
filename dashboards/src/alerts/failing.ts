import { CALLS } from '../recording/calls.ts';
import { SYMPTOMS } from '../recording/symptoms.ts';
import { asWellAs, WHOSE_IS_IT, worstFirst } from './diagnosis.ts';
import { symptomAlert } from './symptom.ts';

export const FAILING_ALERTS = {
  BrownoutCallsFailing: symptomAlert({
    category: 'availability',
    share: SYMPTOMS.failed,
    threshold: 0.05,
    of: CALLS.counted,
    ofWhat: 'calls',
    says: 'ended with a server error, an overload, a timeout or no connection',
    summary: 'Some of the calls get an error or no answer at all.',
    runbook: {
      meaning:
        "After all of their retries, calls ended with an error of the vendor's, in the status line or in the middle of a stream, or without a status line. Fewer than where `BrownoutVendorDown` fires: the rest is served.",
      impact: 'Those calls were not served, or by a fallback. The others may take longer, since their retries wait.',
      us: asWellAs(
        {
          text: 'Timeouts alone, of our longest requests: our deadline is shorter than the model needs.',
          queries: [worstFirst(SYMPTOMS.failed)],
        },
        WHOSE_IS_IT.us,
      ),
      mitigation: [
        'Change over to the fallback before the last retry: its wait is what users feel.',
        'Slow batch work down; an overloaded vendor rejects less of less.',
        'Open a ticket with the request ids.',
      ],
      falsePositives: ['A client deadline that is shorter than good answers take.'],
    },
  }),
  BrownoutRequestsRejected: symptomAlert({
    category: 'availability',
    share: SYMPTOMS.badRequests,
    threshold: 0.05,
    of: CALLS.made,
    ofWhat: 'calls',
    says: 'were rejected as wrong in themselves',
    summary: 'The vendor rejects requests as not valid.',
    runbook: {
      meaning:
        'Calls ended with a 4xx that is neither a limit nor about credentials: a parameter that is not known, a prompt that is too long, a model that does not exist any more. They are left out of every share that is held against the vendor.',
      impact: 'Those calls fail every time, and no retry helps.',
      us: {
        text: 'One service since its last deployment: its requests changed. One use case: its prompts outgrew the context.',
        queries: [worstFirst(SYMPTOMS.badRequests)],
      },
      network: { text: 'Not the network: the answers came.', queries: [] },
      vendor: {
        text: 'All calls to one model since a certain moment, without a change of ours: the vendor retired the model or changed what it takes. Its page of deprecations says so.',
        queries: [worstFirst(SYMPTOMS.badRequests)],
      },
      mitigation: [
        'Take the last change of the requests back, or ask for the model that replaced the retired one.',
        'Shorten prompts that are too long before they are sent.',
      ],
      falsePositives: ['An application that hands on what its own users write as parameters.'],
    },
  }),
  BrownoutAnswersOverdue: symptomAlert({
    category: 'slow',
    share: SYMPTOMS.overdue,
    threshold: 0.05,
    of: CALLS.counted,
    ofWhat: 'calls',
    says: 'took longer than their whole budget',
    summary: 'Answers take longer than their budget allows.',
    runbook: {
      meaning:
        'From the call to the last byte, retries and waits included, more time passed than the budget for all of it. Such a call is counted when it ends, so this is told as late as the calls are.',
      impact: 'Users wait, and what waits holds connections and memory.',
      mitigation: [
        'Ask for less output, or stream it, so that somebody can read meanwhile.',
        'Shorten the deadline where a fallback is there, so that it is used.',
        'Move the use case to a faster model.',
      ],
      falsePositives: ['Long answers that are wanted: give their use case a longer budget.'],
    },
  }),
} as const;
