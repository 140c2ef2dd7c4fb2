import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { runProgram } from '../support/run-program.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'brownout-mistakes-'));
afterAll(() => rmSync(folder, { recursive: true }));

const place = (name: string, text: string): string => {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  return file;
};

const YAML = `budgets:
  - useCase: support
    fristChunk: 2s
    gap: 5
  - usecase: billing
    gap: 5
  - provider: opnai
    total: soon
limits: { models: many }
`;
const JSON_TEXT = `{
  "budgets": [{ "useCase": "a", "gap": "1s" },
    { "useCase": "a", "gap": "2s" }],
  "limit": 3
}
`;

const cases: readonly (readonly [what: string, file: string, said: readonly string[]])[] = [
  [
    'mistakes in YAML',
    place('mistakes.yaml', YAML),
    [
      ':3:5 budgets[0].fristChunk: there is no such key (did you mean firstChunk?); this limit is left to less specific budgets.',
      ':4:10 budgets[0].gap: 5 is not a duration such as 800ms, 5s or 2m, or none; this limit is left to less specific budgets.',
      ':5:5 budgets[1].usecase: there is no such key (did you mean useCase?); this rule is ignored.',
      ':6:10 budgets[1].gap: 5 is not a duration such as 800ms, 5s or 2m, or none; this limit is left to less specific budgets.',
      ':7:15 budgets[2].provider: no provider is called "opnai" (did you mean openai?); this rule fits no call.',
      ':8:12 budgets[2].total: "soon" is not a duration such as 800ms, 5s or 2m, or none; this limit is left to less specific budgets.',
      ':9:19 limits.models: "many" is not a whole number above 0; using the default, 100.',
    ],
  ],
  [
    'mistakes in JSON',
    place('mistakes.json', JSON_TEXT),
    [
      ':3:23 budgets[1].gap: budgets[0] sets it for the same calls; this one counts.',
      ':4:3 limit: there is no such key (did you mean limits?); it is ignored.',
    ],
  ],
];

describe('an application starts whatever its config file is, and says what is wrong with it', () => {
  test.each(cases)('%s', async (_what, file, said) => {
    const outcome = await runProgram({
      file: 'preload/returns.cjs',
      loading: 'require',
      environment: { BROWNOUT_CONFIG_FILE: file, OTEL_TRACES_EXPORTER: 'none', OTEL_METRICS_EXPORTER: 'none' },
    });
    expect(outcome).toMatchObject({ code: 7, stdout: 'out\n' });
    expect(outcome.stderr).toBe([...said.map((line) => `brownout: ${file}${line}\n`), 'err\n'].join(''));
  });

  test.each([
    ['a file that is not there', path.join(folder, 'none.yaml'), /cannot be read \(ENOENT.*; using no config file\.$/],
    ['a directory', folder, /cannot be read \(EISDIR.*; using no config file\.$/],
    [
      'broken syntax',
      place('broken.yaml', 'budgets:\n  - { gap: 1s\n'),
      /^brownout: \S+broken\.yaml:\d+:\d+ .*; nothing of this file is used\.$/,
    ],
  ])('%s', async (_what, file, said) => {
    const outcome = await runProgram({
      file: 'preload/returns.cjs',
      loading: 'require',
      environment: { BROWNOUT_CONFIG_FILE: file, OTEL_TRACES_EXPORTER: 'none', OTEL_METRICS_EXPORTER: 'none' },
    });
    expect(outcome).toMatchObject({ code: 7, stdout: 'out\n' });
    const [line = '', ...rest] = outcome.stderr.split('\n');
    expect(line).toMatch(said);
    expect(rest).toEqual(['err', '']);
  });
});
