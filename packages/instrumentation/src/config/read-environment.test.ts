import { describe, expect, test } from 'vitest';
import { readEnvironment } from './read-environment.ts';

const nothing = { settings: { budget: {}, providers: new Map() }, problems: [] };

test('an environment without our variables sets nothing', () => {
  expect(readEnvironment({ PATH: '/bin', OTEL_SERVICE_NAME: 'shop' })).toEqual(nothing);
});

test('an empty variable is not set', () => {
  expect(readEnvironment({ BROWNOUT_DISABLED: '', BROWNOUT_BUDGET_GAP: ' ', BROWNOUT_PROVIDERS: '' })).toEqual(nothing);
});

test('every variable is read', () => {
  const { settings, problems } = readEnvironment({
    BROWNOUT_DISABLED: 'TRUE',
    BROWNOUT_CONFIG_FILE: 'brownout.yaml',
    BROWNOUT_BUDGET_FIRST_CHUNK: '800ms',
    BROWNOUT_BUDGET_TOTAL: '2m',
    BROWNOUT_BUDGET_GAP: 'none',
    BROWNOUT_BUDGET_OUTPUT_RATE: '20.5',
    BROWNOUT_PROVIDERS: 'LLM.internal=openai-chat:openai, 127.0.0.1:8080=anthropic-messages',
    BROWNOUT_DETECTORS: 'JSON, repetition',
    BROWNOUT_LEGACY_GENAI_METRICS: '1',
    OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT: 'span_only',
  });
  expect(problems).toEqual([]);
  expect(settings).toEqual({
    disabled: true,
    configFile: 'brownout.yaml',
    budget: { firstChunkMs: 800, totalMs: 120_000, gapMs: Infinity, outputTokensPerSecond: 20.5 },
    providers: new Map([
      ['llm.internal', { dialect: 'openai-chat', provider: 'openai' }],
      ['127.0.0.1:8080', { dialect: 'anthropic-messages' }],
    ]),
    detectors: { repetition: true, garbled: false, json: true, schema: false, language: false, length: false },
    legacyMetrics: true,
    captureContent: 'span',
  });
});

test.each([
  ['NO_CONTENT', 'none'],
  ['EVENT_ONLY', 'event'],
  ['SPAN_AND_EVENT', 'span_and_event'],
  ['true', 'span'],
  ['false', 'none'],
])('content capture may be %s', (value, expected) => {
  const { settings } = readEnvironment({ OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT: value });
  expect(settings.captureContent).toBe(expected);
});

test.each([
  ['all', true],
  ['None', false],
])('detectors may be switched all at once: %s', (value, on) => {
  const { detectors } = readEnvironment({ BROWNOUT_DETECTORS: value }).settings;
  expect(new Set(Object.values(detectors ?? {}))).toEqual(new Set([on]));
});

describe('a bad value', () => {
  test.each([
    ['BROWNOUT_DISABLED', 'yes', '"yes" is not true or false; using the default, false.'],
    [
      'BROWNOUT_BUDGET_TOTAL',
      'fast',
      '"fast" is not a duration such as 800ms, 5s or 2m, or none; using the default, 120s.',
    ],
    [
      'BROWNOUT_BUDGET_OUTPUT_RATE',
      '-3',
      '"-3" is not a number of tokens per second above 0, or none; using the default, none.',
    ],
    [
      'BROWNOUT_DETECTORS',
      'json,loops',
      '"json,loops" is not all, none, or a list of repetition, garbled, json, schema, language, length; using the default, all.',
    ],
    [
      'OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT',
      'toString',
      '"toString" is not one of NO_CONTENT, SPAN_ONLY, EVENT_ONLY, SPAN_AND_EVENT, true, false; using the default, NO_CONTENT.',
    ],
  ])('of %s gets one line and counts as not set', (name, value, problem) => {
    expect(readEnvironment({ [name]: value })).toEqual({ ...nothing, problems: [`${name}: ${problem}`] });
  });

  test('loses no other', () => {
    const { settings, problems } = readEnvironment({ BROWNOUT_BUDGET_TOTAL: 'fast', BROWNOUT_BUDGET_GAP: '3s' });
    expect(settings.budget).toEqual({ gapMs: 3000 });
    expect(problems).toHaveLength(1);
  });

  test('in the list of providers costs one entry', () => {
    const { settings, problems } = readEnvironment({
      BROWNOUT_PROVIDERS: 'a=openai-chat,b,https://c=openai-chat,d=openai,e=openai-responses:x',
    });
    expect([...settings.providers.keys()]).toEqual(['a', 'e']);
    expect(problems).toEqual([
      'BROWNOUT_PROVIDERS: "b" is not host=dialect[:provider]; this entry is ignored.',
      'BROWNOUT_PROVIDERS: "https://c" is not a host such as llm.example.com or 127.0.0.1:8080; this entry is ignored.',
      expect.stringMatching(/^BROWNOUT_PROVIDERS: "d?openai" is not one of .*openai-chat.*; this entry is ignored\.$/),
    ]);
  });
});

test('an unknown variable of ours is named, with the one it was probably meant to be', () => {
  expect(readEnvironment({ BROWNOUT_BUDGET_TOTALS: '1s', BROWNOUT_COLOUR: 'red' }).problems).toEqual([
    'BROWNOUT_BUDGET_TOTALS: there is no such variable (did you mean BROWNOUT_BUDGET_TOTAL?); it is ignored.',
    'BROWNOUT_COLOUR: there is no such variable; it is ignored.',
  ]);
});
