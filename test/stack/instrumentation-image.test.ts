import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSimulator } from '@brownout/simulator';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runNode } from '../support/node-process.ts';
import { OtlpSink } from '../support/otlp-sink.ts';

const ROOT = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'image-'));
const image = join(folder, 'autoinstrumentation');
/** Where the operator mounts its volume in the application's pod. */
const volume = join(folder, 'otel-auto-instrumentation-nodejs');

beforeAll(() => {
  // The workspace is installed and built already; everything else is as the image is made.
  const lines = readFileSync(join(ROOT, 'collector/instrumentation-image/Dockerfile'), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('RUN ') && !/pnpm@12 (install|build)/.test(line));
  expect(lines).toHaveLength(3);
  for (const line of lines) {
    // Only the image's own folder, not the file of that name in the repository.
    const command = line.slice('RUN '.length).replaceAll(/(?<=\s)\/autoinstrumentation/g, image);
    execFileSync('sh', ['-c', command], { cwd: ROOT, stdio: 'pipe' });
  }
  mkdirSync(volume);
  // As the operator's init container does.
  execFileSync('cp', ['-r', `${image}/.`, volume]);
}, 300_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const CALL = `await fetch(process.env.MODEL_URL + '/v1/chat/completions', {
  method: 'POST',
  headers: { 'content-type': 'application/json', authorization: 'Bearer any' },
  body: JSON.stringify({ model: 'gpt-5-mini', messages: [{ role: 'user', content: 'Hello' }] }),
}).then((response) => response.json())`;

test.each([
  ['CommonJS', 'app.cjs', `(async () => { ${CALL} })()`],
  ['an ES module', 'app.mjs', CALL],
])('an application that is %s is instrumented as the operator has it started', async (_, name, text) => {
  const simulator = await startSimulator({ timing: { instant: true } });
  await using sink = await OtlpSink.start();
  const file = join(folder, name);
  writeFileSync(file, text);
  const end = await runNode({
    command: [file],
    environment: {
      ...sink.environment,
      NODE_OPTIONS: ` --require ${volume}/autoinstrumentation.js`,
      MODEL_URL: simulator.url,
    },
    limit: 30_000,
  });
  await simulator.close();
  expect(end).toEqual({ code: 0, signal: null, stdout: '', stderr: '' });
  expect(sink.metrics.map(({ name: metric }) => metric)).toContain('brownout.calls');
  expect(sink.spans.map((span) => span.name)).toContain('chat gpt-5-mini');
});
