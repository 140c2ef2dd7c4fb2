import { faultUrl, startSimulator } from '@brownout/simulator';
import { expect, test } from 'vitest';
import { OtlpSink } from '../support/otlp-sink.ts';
import type { OtlpPoint } from '../support/otlp-sink.ts';
import { runProgram } from '../support/run-program.ts';
import type { Outcome } from '../support/run-program.ts';

const DIMENSIONS = [
  'brownout.fallback.from.model',
  'gen_ai.request.model',
  'brownout.fallback.mechanism',
  'brownout.reason',
  'brownout.verdict',
] as const;

function told({ attributes, asInt }: OtlpPoint): string {
  const values = new Map(attributes.map(({ key, value }) => [key, value.stringValue]));
  return [`${asInt} ×`, ...DIMENSIONS.map((name) => values.get(name) ?? '–')].join(' ');
}

async function run(loading: 'import' | 'require' | 'none', environment: Readonly<Record<string, string>>) {
  await using sink = await OtlpSink.start();
  const simulator = await startSimulator({ timing: { instant: true } });
  const outcome: Outcome = await runProgram({
    file: 'router/router.mjs',
    beside: 'workspace packages',
    loading,
    environment: {
      ...sink.environment,
      MODEL_URL: simulator.url,
      BROKEN_MODEL_URL: faultUrl(simulator.url, 'service_unavailable'),
      ...environment,
    },
  });
  await simulator.close();
  const fallbacks = sink.metrics.findLast(({ name }) => name === 'brownout.fallbacks');
  const points = fallbacks?.sum?.dataPoints.filter(({ asInt }) => Number(asInt) > 0) ?? [];
  return { outcome, points: points.map(told).toSorted() };
}

test('a router says what it does, and it is counted as said', async () => {
  const { outcome, points } = await run('import', {});
  expect(outcome).toMatchObject({ code: 0, stdout: 'true,true,true We will call you back.\n', stderr: '' });
  expect(points).toEqual([
    '1 × claude-opus-5 none policy overloaded –',
    '1 × gpt-5 claude-opus-5 policy overloaded unusable',
    '1 × gpt-5 claude-opus-5 policy overloaded usable',
  ]);
});

test('reports that make no sense are told of once each, and change nothing for the router', async () => {
  const { outcome: bare } = await run('none', { MISUSE: 'yes' });
  const { outcome, points } = await run('require', { MISUSE: 'yes' });
  expect(outcome).toMatchObject({ code: 0, stdout: bare.stdout });
  expect(bare).toMatchObject({ code: 0, stderr: '' });
  expect(outcome.stderr.trimEnd().split('\n')).toEqual([
    'brownout: recordFallback(): `from`, which was given up, has to be { provider, model }, each a text, and is undefined: nothing is counted.',
    'brownout: recordFallback(): `from`, which was given up, has to be { provider, model }, each a text, and is "gpt-5": nothing is counted.',
    'brownout: recordFallback(): `to`, where it is given, has to be \'none\' or { provider, model }, each a text, and is "claude-opus-5": nothing is counted.',
    'brownout: recordFallback(): `from` and `to` are both gpt-5 of openai, which is a retry and no fallback: nothing is counted.',
    'brownout: telemetry for api.fallback failed and was left out; the application is not affected. a getter of the application',
    'brownout: recordFallback(): no failed call to gpt-5 of OpenAI was seen here, but one to gpt-5 of openai: providers go by their gen_ai.provider.name. Counted without a reason.',
    'brownout: recordFallback(): `reason` has to be one of brownout.reason (such as timeout, rate_limited, server_error), and is "socket hang up": the reason of the failed call is counted, if that was seen.',
    "brownout: recordFallback(): `mechanism` has to be 'policy' or 'framework', and is \"router\": counted as policy.",
  ]);
  expect(points.filter((line) => line.includes(' none '))).toEqual([
    '1 × claude-opus-5 none policy overloaded –',
    '1 × gpt-5 none policy overloaded –',
    // What goes by OpenAI is another provider than openai.
    '2 × gpt-5 none policy – –',
    '3 × gpt-5 none policy – –',
  ]);
});
