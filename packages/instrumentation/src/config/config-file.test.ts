import { describe, expect, test } from 'vitest';
import { parseConfigFile } from './config-file.ts';

const parse = (text: string) => parseConfigFile('b.yaml', text);
const nothing = { budgets: [], providers: new Map(), limits: {}, detectors: {} };

const whole = {
  budgets: [
    { firstChunk: '5s', total: 'none' },
    { useCase: 'support', provider: 'openai', model: 'large', gap: '800ms', outputRate: 20 },
  ],
  providers: {
    'LLM.internal:8080': { dialect: 'openai-chat', provider: 'openai' },
    other: { dialect: 'openai-responses' },
  },
  limits: { models: 10, useCases: 20, taskNames: 30 },
  detectors: { repetition: true, garbled: true, json: true, schema: false, language: true, length: false },
};
const wholeSettings = {
  budgets: [
    { firstChunkMs: 5000, totalMs: Infinity },
    { useCase: 'support', provider: 'openai', model: 'large', gapMs: 800, outputTokensPerSecond: 20 },
  ],
  providers: new Map([
    ['llm.internal:8080', { dialect: 'openai-chat', provider: 'openai' }],
    ['other', { dialect: 'openai-responses' }],
  ]),
  limits: { models: 10, useCases: 20, taskNames: 30 },
  detectors: { repetition: true, garbled: true, json: true, schema: false, language: true, length: false },
};

test('every key is read, from JSON', () => {
  expect(parse(JSON.stringify(whole, undefined, 2))).toEqual({ settings: wholeSettings, problems: [] });
});

test('every key is read, from YAML', () => {
  const text = `
budgets:
  - { firstChunk: 5s, total: none }
  - useCase: support
    provider: openai
    model: large
    gap: 800ms
    outputRate: 20
providers:
  LLM.internal:8080: { dialect: openai-chat, provider: openai }
  other: { dialect: openai-responses }
limits: { models: 10, useCases: 20, taskNames: 30 }
detectors: { repetition: true, garbled: true, json: true, schema: false, language: true, length: false }
`;
  expect(parse(text)).toEqual({ settings: wholeSettings, problems: [] });
});

test.each(['', '# nothing yet\n', '{}'])('an empty file sets nothing and is no problem: "%s"', (text) => {
  expect(parse(text)).toEqual({ settings: nothing, problems: [] });
});

describe('what is wrong is named with its place, and what is right still counts', () => {
  test.each([
    [
      'a bad limit of a rule',
      'budgets:\n  - total: fast\n    gap: 1s',
      '2:12 budgets[0].total: "fast" is not a duration such as 800ms, 5s or 2m, or none; this limit is left to less specific budgets.',
      { budgets: [{ gapMs: 1000 }] },
    ],
    [
      'a number without a unit',
      'budgets:\n  - total: 5\n    gap: 1s',
      '2:12 budgets[0].total: 5 is not a duration such as 800ms, 5s or 2m, or none; this limit is left to less specific budgets.',
      { budgets: [{ gapMs: 1000 }] },
    ],
    [
      'a misspelled limit',
      'budgets:\n  - { useCase: a, fistChunk: 1s, gap: 1s }',
      '2:19 budgets[0].fistChunk: there is no such key (did you mean firstChunk?); this limit is left to less specific budgets.',
      { budgets: [{ useCase: 'a', gapMs: 1000 }] },
    ],
    [
      'a bad number',
      'limits: { models: lots, useCases: 7 }',
      '1:19 limits.models: "lots" is not a whole number above 0; using the default, 100.',
      { limits: { useCases: 7 } },
    ],
    [
      'an unknown limit',
      'limits: { colours: 3, useCases: 7 }',
      '1:11 limits.colours: there is no such key; it is ignored.',
      { limits: { useCases: 7 } },
    ],
    [
      'a bad switch of a detector',
      'detectors: { schema: off?, length: false }',
      '1:22 detectors.schema: "off?" is not true or false; using the default, true.',
      { detectors: { length: false } },
    ],
    [
      'an unknown detector',
      'detectors: { garbld: false, length: false }',
      '1:14 detectors.garbld: there is no such key (did you mean garbled?); it is ignored.',
      { detectors: { length: false } },
    ],
    [
      'an unknown section',
      'budget: 3\nlimits: { models: 1 }',
      '1:1 budget: there is no such key (did you mean budgets?); it is ignored.',
      { limits: { models: 1 } },
    ],
    [
      'a section of another kind',
      'budgets: 3\nlimits: { models: 1 }',
      '1:10 budgets: 3 is not a list; this section is ignored.',
      { limits: { models: 1 } },
    ],
    [
      'a host that is a URL',
      'providers:\n  https://a/b: { dialect: openai-chat }\nlimits: { models: 1 }',
      '2:3 providers.https://a/b: "https://a/b" is not a host such as llm.example.com or 127.0.0.1:8080; this host is ignored.',
      { limits: { models: 1 } },
    ],
    [
      'a host without dialect',
      'providers: { a: { provider: x }, b: { dialect: openai-chat } }',
      '1:17 providers.a.dialect: this key is missing; this host is ignored.',
      { providers: new Map([['b', { dialect: 'openai-chat' }]]) },
    ],
    [
      'a key given twice',
      'limits:\n  models: 1\n  models: 2',
      '3:3 models: this key is given twice; the last one counts.',
      { limits: { models: 2 } },
    ],
    [
      'a key given twice, in JSON',
      '{\n  "limits": { "models": 1,\n    "models": 2 }\n}',
      '3:5 models: this key is given twice; the last one counts.',
      { limits: { models: 2 } },
    ],
    [
      'an unknown key, in JSON',
      '{\n  "budgets": [\n    { "gap": "1s", "totel": "2s" }\n  ]\n}',
      '3:20 budgets[0].totel: there is no such key (did you mean total?); this limit is left to less specific budgets.',
      { budgets: [{ gapMs: 1000 }] },
    ],
    [
      'a bad duration, in JSON',
      '{ "budgets": [\n  { "gap": "1s", "total": "soon" } ] }',
      '2:27 budgets[0].total: "soon" is not a duration such as 800ms, 5s or 2m, or none; this limit is left to less specific budgets.',
      { budgets: [{ gapMs: 1000 }] },
    ],
    [
      'a use case that is given twice',
      'budgets:\n  - { useCase: a, gap: 1s, total: 9s }\n  - { useCase: b, gap: 1s }\n  - { useCase: a, gap: 2s }',
      '4:19 budgets[2].gap: budgets[0] sets it for the same calls; this one counts.',
      {
        budgets: [
          { useCase: 'a', gapMs: 1000, totalMs: 9000 },
          { useCase: 'b', gapMs: 1000 },
          { useCase: 'a', gapMs: 2000 },
        ],
      },
    ],
    [
      'a provider that nobody is',
      'budgets:\n  - provider: opnai\n    gap: 1s',
      '2:15 budgets[0].provider: no provider is called "opnai" (did you mean openai?); this rule fits no call.',
      { budgets: [{ provider: 'opnai', gapMs: 1000 }] },
    ],
  ])('%s', (_name, text, problem, settings) => {
    expect(parse(text)).toEqual({ settings: { ...nothing, ...settings }, problems: [`b.yaml:${problem}`] });
  });

  test.each(['usecase: a', 'useCase: 5', 'useCase: ""', 'when: { useCase: a }'])(
    'a rule whose selector is not understood (%s) is ignored, lest it fit every call',
    (selector) => {
      const { settings, problems } = parse(`budgets:\n  - gap: 1s\n    ${selector}\n  - total: 3s`);
      expect(settings.budgets).toEqual([{ totalMs: 3000 }]);
      expect(problems).toEqual([expect.stringMatching(/^b\.yaml:3:\d+ budgets\[0\]\..*; this rule is ignored\.$/)]);
    },
  );

  test('several problems come in the order of the file, and a rule with two of them does not cost its neighbour', () => {
    const { settings, problems } = parse(
      'limits: { models: 0 }\nbudgets:\n  - { model: 1, provider: 2, gap: x }\n  - gap: 1s\n  - 7\n  - total: 2s',
    );
    expect(settings.budgets).toEqual([{ gapMs: 1000 }, { totalMs: 2000 }]);
    expect(problems.map((problem) => problem.split(' ')[0])).toEqual([
      'b.yaml:1:19',
      'b.yaml:3:14',
      'b.yaml:3:27',
      'b.yaml:3:35',
      'b.yaml:5:5',
    ]);
  });
});

test.each([
  ['broken syntax', '{"budgets": [', /^b\.yaml:1:\d+ .*; nothing of this file is used\.$/],
  ['a list', '- a', /^b\.yaml:1:1 this is not a map of keys and values; nothing of this file is used\.$/],
  ['a word', 'budgets', /^b\.yaml:1:1 this is not a map of keys and values; nothing of this file is used\.$/],
])('%s is one problem, and nothing is set', (_name, text, problem) => {
  expect(parse(text)).toEqual({ settings: nothing, problems: [expect.stringMatching(problem)] });
});

test('a long value is cut in the message', () => {
  const [problem] = parse(`limits: { models: ${'x'.repeat(500)} }`).problems;
  expect(problem?.length).toBeLessThan(150);
});

test('a provider of its own, of the file or of the environment, is known', () => {
  const text =
    'budgets: [{ provider: acme, gap: 1s }, { provider: mine, gap: 1s }]\nproviders: { a: { dialect: openai-chat, provider: acme } }';
  expect(parseConfigFile('b.yaml', text, ['mine']).problems).toEqual([]);
});
