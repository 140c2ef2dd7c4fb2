import { runBothWays, differences } from '/work/main/test/support/run-both-ways.ts';
import { writeFileSync } from 'node:fs';
const dir = '/work/main/test/e2e/programs/untouched/';
const [file, sdk, tables, preload] = process.argv.slice(2);
const { FAULT_NAMES } = await import('@brownout/simulator' as string).catch(
  () => import('/work/main/packages/simulator/src/index.ts'),
);
const t = performance.now();
const [a, b] = await runBothWays({
  command: [dir + file, sdk, ...tables.split('|')],
  preload: preload ?? dir + 'bad-preloads/nothing.cjs',
  environment: { SIMULATOR_FAULTS: FAULT_NAMES.join(',') },
  limit: 60000,
});
writeFileSync('/tmp/bare.txt', a.stdout + '\n=====\n' + a.stderr + '\n=====\n' + a.requests.join('\n'));
writeFileSync('/tmp/loaded.txt', b.stdout + '\n=====\n' + b.stderr + '\n=====\n' + b.requests.join('\n'));
console.log(
  a.stdout.length,
  a.stderr.slice(0, 500),
  a.code,
  a.signal,
  a.requests.length,
  Math.round(performance.now() - t) + 'ms',
);
console.log(differences(a, b).join('\n'));
console.log('spans', sink.spans.length, 'metrics', sink.metrics.length, sink.requests.length); await sink[Symbol.asyncDispose]();
