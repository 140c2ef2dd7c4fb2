import type { AttributeValue } from '@brownout/signals';
import type { AlertName } from '../../src/alerts/alerts.ts';
import { counter, type Scenario, type Values } from '../support/scenario.ts';
import { ABOUT_CONTENT, CALL, DOWN, says, STREAMED, THE_MODEL, TWICE, TWICE_USUAL, USABLE } from './subjects.ts';

/** 100 answers a minute, and calls that were not answered. */
const ANSWERS = [
  { metric: 'calls', labels: USABLE, values: counter(60) },
  { metric: 'calls', labels: STREAMED, values: counter(40) },
  { metric: 'calls', labels: DOWN, values: counter(200) },
] as const;

const anomaly = (name: AttributeValue<'brownout.anomaly'>, values: Values) =>
  ({ metric: 'outputAnomalies', labels: { ...CALL, anomaly: name }, values }) as const;

/** Another one, of which there are many: it is not counted. */
const OTHER = anomaly('usage_missing', counter(90));

const content = (alert: AlertName, summary: string, description: string, category = 'content') =>
  says({
    alert,
    labels: { severity: 'warning', category, ...THE_MODEL },
    summary,
    description,
    dashboard: ABOUT_CONTENT,
  });

export const CONTENT_SCENARIOS: readonly Scenario[] = [
  {
    ...TWICE,
    lowTraffic: 0.01,
    alert: 'BrownoutEmptyAnswers',
    series: [...ANSWERS, OTHER, anomaly('empty_output', counter(0, 6, 2.8))],
    expected: content(
      'BrownoutEmptyAnswers',
      'Answers come in time and are empty.',
      '6% of the 1500 answers of openai gpt-x/1 beta in the last 15m had nothing in them.',
    ),
  },
  {
    ...TWICE,
    lowTraffic: 0.01,
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
      '10% of the 1500 answers of openai gpt-x/1 beta in the last 15m were not the JSON that was asked for.',
    ),
  },
  {
    ...TWICE,
    lowTraffic: 0.01,
    alert: 'BrownoutMalformedOutput',
    series: [...ANSWERS, anomaly('schema_violation', counter(0, 10, 4.5))],
    expected: content(
      'BrownoutMalformedOutput',
      'Structured output does not parse or does not fit its schema.',
      '10% of the 1500 answers of openai gpt-x/1 beta in the last 15m were not the JSON that was asked for.',
    ),
  },
  {
    ...TWICE,
    lowTraffic: 0.01,
    alert: 'BrownoutMalformedOutput',
    series: [...ANSWERS, anomaly('invalid_tool_arguments', counter(0, 10, 4.5))],
    expected: content(
      'BrownoutMalformedOutput',
      'Structured output does not parse or does not fit its schema.',
      '10% of the 1500 answers of openai gpt-x/1 beta in the last 15m were not the JSON that was asked for.',
    ),
  },
  {
    ...TWICE,
    lowTraffic: 0.01,
    alert: 'BrownoutRepetition',
    series: [...ANSWERS, OTHER, anomaly('repetition', counter(0, 4, 1.8))],
    expected: content(
      'BrownoutRepetition',
      'Answers repeat themselves.',
      '4% of the 1500 answers of openai gpt-x/1 beta in the last 15m ran into a loop.',
    ),
  },
  {
    ...TWICE,
    lowTraffic: 0.01,
    alert: 'BrownoutGarbledOutput',
    series: [...ANSWERS, OTHER, anomaly('garbled', counter(0, 2, 0.9)), anomaly('language_switch', counter(0, 1, 0.9))],
    expected: content(
      'BrownoutGarbledOutput',
      'Answers are not readable.',
      '2% of the 1500 answers of openai gpt-x/1 beta in the last 15m were garbled or in a script that nobody asked for.',
    ),
  },
  {
    ...TWICE,
    lowTraffic: 0.01,
    alert: 'BrownoutGarbledOutput',
    series: [...ANSWERS, anomaly('language_switch', counter(0, 2, 0.9))],
    expected: content(
      'BrownoutGarbledOutput',
      'Answers are not readable.',
      '2% of the 1500 answers of openai gpt-x/1 beta in the last 15m were garbled or in a script that nobody asked for.',
    ),
  },
  {
    ...TWICE,
    lowTraffic: 0.01,
    alert: 'BrownoutModelSubstituted',
    series: [...ANSWERS, OTHER, anomaly('model_substituted', counter(0, 2, 0.9))],
    expected: content(
      'BrownoutModelSubstituted',
      'Another model answers in the name of the one that was asked.',
      '2% of the 1500 answers of openai gpt-x/1 beta in the last 15m came from another model than the one that was asked.',
      'inconsistent',
    ),
  },
  {
    ...TWICE_USUAL,
    lowTraffic: 0.01,
    alert: 'BrownoutTruncationSurge',
    fires: 134,
    over: 176,
    // More than the threshold, and not yet three times what is usual.
    series: [...ANSWERS, OTHER, anomaly('truncated', counter(4, 24, 11.5))],
    expected: content(
      'BrownoutTruncationSurge',
      'Many more answers than usual end at a length limit.',
      '24% of the 1500 answers of openai gpt-x/1 beta in the last 15m ended at a length limit. Usual is 4%.',
    ),
    silent: [{ why: 'while it is little, however unusual', series: [...ANSWERS, anomaly('truncated', counter(1, 9))] }],
  },
  {
    ...TWICE,
    phases: { healthy: 30, bad: 40, after: 40 },
    lowTraffic: 0.01,
    alert: 'BrownoutTruncationSurge',
    // Nothing is known of the past yet.
    series: [...ANSWERS, anomaly('truncated', counter(0, 20, 9))],
    expected: content(
      'BrownoutTruncationSurge',
      'Many more answers than usual end at a length limit.',
      '20% of the 1500 answers of openai gpt-x/1 beta in the last 15m ended at a length limit.',
    ),
  },
  {
    ...TWICE_USUAL,
    lowTraffic: 0.01,
    alert: 'BrownoutRefusalSurge',
    fires: 134,
    over: 176,
    series: [...ANSWERS, OTHER, anomaly('blocked', counter(2, 12, 5.7))],
    expected: content(
      'BrownoutRefusalSurge',
      'Many more answers than usual are refused.',
      '12% of the 1500 answers of openai gpt-x/1 beta in the last 15m were refused or filtered. Usual is 2%.',
    ),
    silent: [
      { why: 'while it is little, however unusual', series: [...ANSWERS, anomaly('blocked', counter(0.5, 4.5))] },
    ],
  },
  {
    ...TWICE,
    lowTraffic: 0.01,
    alert: 'BrownoutRefusalSurge',
    series: [...ANSWERS, anomaly('blocked', counter(0, 10, 4.5))],
    expected: content(
      'BrownoutRefusalSurge',
      'Many more answers than usual are refused.',
      '10% of the 1500 answers of openai gpt-x/1 beta in the last 15m were refused or filtered.',
    ),
  },
];
