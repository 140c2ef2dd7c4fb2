import { counter, type Scenario } from '../support/scenario.ts';
import { ANSWERS, anomaly, content, growing, OTHER } from './answers.ts';
import {
  AT_ONCE,
  ABOUT_CONTENT,
  DOWN,
  EMPTY,
  fewMoreOf,
  fewOf,
  NO_ANSWERS,
  says,
  STREAMED,
  THE_MODEL,
  TWICE_USUAL,
  USABLE,
} from './subjects.ts';

export const CONTENT_SCENARIOS: readonly Scenario[] = [
  {
    ...AT_ONCE,
    fires: 35,
    lowTraffic: fewOf(6),
    alert: 'BrownoutEmptyAnswers',
    series: [...ANSWERS, OTHER, anomaly('empty_output', counter(0, 6, 2.8))],
    expected: content(
      'BrownoutEmptyAnswers',
      'Answers come in time and are empty.',
      '6% of the answers of openai gpt-x/1 beta in the last 5m or 15m had nothing in them; there were 1500 of them in 15m.',
    ),
  },
  {
    ...AT_ONCE,
    fires: 35,
    lowTraffic: fewOf(6),
    alert: 'BrownoutForeignAnswers',
    series: [
      { metric: 'calls', labels: USABLE, values: counter(54) },
      { metric: 'calls', labels: STREAMED, values: counter(40) },
      { metric: 'calls', labels: DOWN, values: counter(200) },
      ...NO_ANSWERS,
      { metric: 'calls', labels: { ...EMPTY, reason: 'malformed_response' }, values: counter(0, 6, 2.8) },
      { metric: 'calls', labels: EMPTY, values: counter(0) },
    ],
    expected: says({
      alert: 'BrownoutForeignAnswers',
      labels: { severity: 'warning', category: 'content', ...THE_MODEL },
      summary: "Calls are answered with something that is no answer of the vendor's interface.",
      description:
        '6% of the answers of openai gpt-x/1 beta in the last 5m or 15m were not what the protocol says an answer is; there were 1500 of them in 15m.',
      dashboard: ABOUT_CONTENT,
    }),
  },
  {
    ...AT_ONCE,
    lowTraffic: fewOf(10),
    alert: 'BrownoutMalformedOutput',
    // A call that does not parse breaks its schema as well: what is counted is the more frequent one, not both.
    series: [
      ...ANSWERS,
      OTHER,
      anomaly('malformed_output', counter(0, 10, 4.5)),
      anomaly('schema_violation', counter(0, 8, 4.5)),
      anomaly('invalid_tool_arguments', counter(0, 0, 4.5)),
    ],
    expected: content(
      'BrownoutMalformedOutput',
      'Structured output does not parse or does not fit its schema.',
      '10% of the answers of openai gpt-x/1 beta in the last 5m or 15m were not the JSON that was asked for; there were 1500 of them in 15m.',
    ),
  },
  {
    ...AT_ONCE,
    lowTraffic: fewOf(10),
    alert: 'BrownoutMalformedOutput',
    series: [...ANSWERS, anomaly('schema_violation', counter(0, 10, 4.5))],
    expected: content(
      'BrownoutMalformedOutput',
      'Structured output does not parse or does not fit its schema.',
      '10% of the answers of openai gpt-x/1 beta in the last 5m or 15m were not the JSON that was asked for; there were 1500 of them in 15m.',
    ),
  },
  {
    ...AT_ONCE,
    lowTraffic: fewOf(10),
    alert: 'BrownoutMalformedOutput',
    series: [...ANSWERS, anomaly('invalid_tool_arguments', counter(0, 10, 4.5))],
    expected: content(
      'BrownoutMalformedOutput',
      'Structured output does not parse or does not fit its schema.',
      '10% of the answers of openai gpt-x/1 beta in the last 5m or 15m were not the JSON that was asked for; there were 1500 of them in 15m.',
    ),
  },
  {
    ...AT_ONCE,
    fires: 40,
    lowTraffic: fewOf(4),
    alert: 'BrownoutRepetition',
    series: [...ANSWERS, OTHER, anomaly('repetition', counter(0, 4, 1.8))],
    expected: content(
      'BrownoutRepetition',
      'Answers repeat themselves.',
      '4% of the answers of openai gpt-x/1 beta in the last 5m or 15m ran into a loop; there were 1500 of them in 15m.',
    ),
  },
  {
    ...AT_ONCE,
    fires: 40,
    lowTraffic: fewOf(2),
    alert: 'BrownoutGarbledOutput',
    series: [...ANSWERS, OTHER, anomaly('garbled', counter(0, 2, 0.9)), anomaly('language_switch', counter(0, 1, 0.9))],
    expected: content(
      'BrownoutGarbledOutput',
      'Answers are not readable.',
      '2% of the answers of openai gpt-x/1 beta in the last 5m or 15m were garbled or in a script that nobody asked for; there were 1500 of them in 15m.',
    ),
  },
  {
    ...AT_ONCE,
    fires: 40,
    lowTraffic: fewOf(2),
    alert: 'BrownoutGarbledOutput',
    series: [...ANSWERS, anomaly('language_switch', counter(0, 2, 0.9))],
    expected: content(
      'BrownoutGarbledOutput',
      'Answers are not readable.',
      '2% of the answers of openai gpt-x/1 beta in the last 5m or 15m were garbled or in a script that nobody asked for; there were 1500 of them in 15m.',
    ),
  },
  {
    ...AT_ONCE,
    fires: 40,
    lowTraffic: fewOf(2),
    alert: 'BrownoutModelSubstituted',
    series: [...ANSWERS, OTHER, anomaly('model_substituted', counter(0, 2, 0.9))],
    expected: content(
      'BrownoutModelSubstituted',
      'Another model answers in the name of the one that was asked.',
      '2% of the answers of openai gpt-x/1 beta in the last 5m or 15m came from another model than the one that was asked; there were 1500 of them in 15m.',
      'inconsistent',
    ),
  },
  {
    ...TWICE_USUAL,
    fires: 123,
    lowTraffic: fewMoreOf(24),
    alert: 'BrownoutTruncationSurge',
    over: 176,
    // More than the threshold, and not yet three times what is usual.
    series: [...ANSWERS, OTHER, anomaly('truncated', counter(4, 24, 11.5))],
    expected: content(
      'BrownoutTruncationSurge',
      'Many more answers than usual end at a length limit.',
      '24% of the answers of openai gpt-x/1 beta in the last 5m or 15m ended at a length limit; there were 1500 of them in 15m. Usual is 4%.',
    ),
    silent: [{ why: 'while it is little, however unusual', series: [...ANSWERS, anomaly('truncated', counter(1, 9))] }],
  },
  {
    ...AT_ONCE,
    phases: { healthy: 30, bad: 40, after: 40 },
    lowTraffic: fewMoreOf(20),
    alert: 'BrownoutTruncationSurge',
    // Nothing is known of the past yet.
    series: [...ANSWERS, anomaly('truncated', counter(0, 20, 9))],
    expected: content(
      'BrownoutTruncationSurge',
      'Many more answers than usual end at a length limit.',
      '20% of the answers of openai gpt-x/1 beta in the last 5m or 15m ended at a length limit; there were 1500 of them in 15m.',
    ),
    told: [growing('truncated', 10.8)],
    silent: [
      {
        why: 'while few of many anomalies are this one',
        phases: { healthy: 30, bad: 3, after: 40 },
        series: [
          { metric: 'calls', labels: USABLE, values: counter(4) },
          anomaly('usage_missing', counter(10)),
          anomaly('truncated', counter(0, 1)),
        ],
      },
    ],
  },
  {
    ...TWICE_USUAL,
    fires: 123,
    lowTraffic: fewMoreOf(12),
    alert: 'BrownoutRefusalSurge',
    over: 176,
    series: [...ANSWERS, OTHER, anomaly('blocked', counter(2, 12, 5.7))],
    expected: content(
      'BrownoutRefusalSurge',
      'Many more answers than usual are refused.',
      '12% of the answers of openai gpt-x/1 beta in the last 5m or 15m were refused or filtered; there were 1500 of them in 15m. Usual is 2%.',
    ),
    silent: [
      { why: 'while it is little, however unusual', series: [...ANSWERS, anomaly('blocked', counter(0.5, 4.5))] },
    ],
  },
  {
    ...AT_ONCE,
    lowTraffic: fewMoreOf(10),
    alert: 'BrownoutRefusalSurge',
    series: [...ANSWERS, anomaly('blocked', counter(0, 10, 4.5))],
    expected: content(
      'BrownoutRefusalSurge',
      'Many more answers than usual are refused.',
      '10% of the answers of openai gpt-x/1 beta in the last 5m or 15m were refused or filtered; there were 1500 of them in 15m.',
    ),
    told: [growing('blocked', 5.4)],
  },
];
