import { countBy, sumBy } from '../../promql/expression.ts';
import type { LabelId } from '../../promql/labels.ts';
import { NORMALISED } from '../../recording/normalised.ts';
import type { Dashboard } from '../panel.ts';
import { MODEL } from '../panels/calls.ts';
import { ageOfPages } from '../panels/vendors.ts';
import { countOf, pick, pickRecorded, rateOf, some } from '../queries.ts';
import { COUNT, perSecond } from '../units.ts';

const SDK = ['job', 'sdk', 'sdkVersion', 'link'] as const satisfies readonly LabelId[];

/** Whether the other dashboards can be believed. */
export const telemetry = (): Dashboard => ({
  description:
    'Whether the other dashboards can be believed: what is watched, what was lost, and what was folded together.',
  explains: [],
  rows: [
    {
      title: 'What is watched',
      panels: [
        {
          kind: 'table',
          title: 'SDKs',
          shows: 'The SDKs that were found in each service, and how their calls are watched.',
          bad: '`unsupported`: its calls are not seen. `wire`: calls are guessed from requests, so retries may count as calls.',
          of: 'Processes now.',
          unit: COUNT,
          queries: [{ expression: countBy(SDK, pick('instrumented')), by: SDK, name: 'Processes' }],
          width: 12,
          empty: 'No instrumented process reports',
        },
        {
          kind: 'lines',
          title: 'Calls that are counted',
          shows: 'Calls of each service, at their end.',
          bad: 'A line that ends: the service, its telemetry or the way to Prometheus.',
          of: 'Calls per second.',
          unit: perSecond('calls'),
          queries: [{ expression: rateOf(['job'], 'calls'), by: ['job'] }],
          width: 12,
        },
      ],
    },
    {
      title: 'What was lost or folded',
      panels: [
        {
          kind: 'lines',
          title: 'Faults of the instrumentation',
          shows: 'Errors of the instrumentation itself, which the application did not notice.',
          bad: 'Any: something is not counted. Please report it.',
          of: 'Faults per second, by where they were swallowed.',
          unit: perSecond('selfFaults'),
          queries: [{ expression: some(rateOf(['job', 'site'], 'selfFaults')), by: ['job', 'site'] }],
          width: 8,
          empty: 'No fault of its own',
        },
        {
          kind: 'lines',
          title: 'Values folded into _other',
          shows: 'Records whose model, use case or task was one too many.',
          bad: 'Any: names are made up per request, or the limits are too low.',
          of: 'Records per second, by attribute.',
          unit: perSecond('selfOverflow'),
          queries: [{ expression: some(rateOf(['job', 'dimension'], 'selfOverflow')), by: ['job', 'dimension'] }],
          width: 8,
          empty: 'Nothing was folded',
        },
        {
          kind: 'lines',
          title: 'Series',
          shows: 'How many series of calls each service makes.',
          bad: 'Growth without an end.',
          of: 'Series of the counter of calls.',
          unit: COUNT,
          queries: [{ expression: countBy(['job'], pick('calls')), by: ['job'] }],
          width: 8,
        },
      ],
    },
    {
      title: 'Are the rules loaded and the pages read?',
      panels: [
        {
          kind: 'lines',
          title: 'Recorded calls',
          shows: 'The same calls as the recording rules see them.',
          bad: 'Nothing here while calls are counted above: the rules are not loaded.',
          of: 'Calls per second, over five minutes.',
          unit: perSecond('calls'),
          queries: [
            {
              expression: sumBy(['job'], pickRecorded(NORMALISED.callsByService)),
              by: ['job'],
            },
          ],
          width: 8,
          empty: 'The recording rules are not loaded, or nobody calls',
        },
        ageOfPages({ kind: 'lines', title: 'Age of status pages', width: 8 }),
        {
          kind: 'table',
          title: 'Answers without token counts',
          shows: 'Streams that ended without the usage that was asked for, in the range that is shown.',
          bad: 'Many: token and length panels show a part only.',
          of: 'Answers.',
          unit: COUNT,
          queries: [
            {
              expression: some(
                countOf(MODEL, 'outputAnomalies', {
                  where: { anomaly: { anyOf: ['usage_missing', 'usage_implausible'] } },
                }),
              ),
              by: MODEL,
              name: 'Answers',
            },
          ],
          width: 8,
          empty: 'Every answer came with its token counts',
        },
      ],
    },
  ],
});
