import { faultUrl, startSimulator } from '@brownout/simulator';
import { Command } from 'commander';
import { startCollector } from './collector.ts';
import { startDatabase } from './start-database.ts';
import { startService } from './start-service.ts';
import { growTree, renderTree } from './trace-tree.ts';
import type { Branch } from './trace-tree.ts';

const QUESTION = 'Where is my parcel? It is late. My order is 4711.';

const { json } = new Command('order-desk')
  .description('Asks the order desk one question while its first model is in trouble, and prints the trace of it.')
  .option('--json', 'print the answer and the trace as one JSON object', false)
  .addHelpText('after', '\nIt needs no network and no account, and takes about ten seconds.')
  .allowExcessArguments(false)
  .parse()
  .opts<{ readonly json: boolean }>();

const interrupt = new AbortController();
for (const [name, code] of Object.entries({ SIGINT: 130, SIGTERM: 143, SIGHUP: 129 })) {
  process.once(name, () => {
    process.exitCode = code;
    interrupt.abort();
  });
}

/** What is under way, on standard error and for people only. */
const say = (text: string): void => void (process.stderr.isTTY && process.stderr.write(`${text}\n`));

async function ask(): Promise<{ readonly answer: unknown; readonly tree: readonly Branch[] }> {
  await using resources = new AsyncDisposableStack();
  say('starting PostgreSQL, the vendors and two services …');
  const simulator = resources.adopt(await startSimulator(), (one) => one.close());
  const database = resources.adopt(await startDatabase(), (one) => one.close());
  const collector = resources.adopt(await startCollector(), (one) => one.close());
  const telemetry = {
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
    OTEL_METRICS_EXPORTER: 'none',
    OTEL_LOGS_EXPORTER: 'none',
    OTEL_NODE_ENABLED_INSTRUMENTATIONS: 'http,undici,pg',
  };
  const orders = resources.adopt(
    await startService('orders', 'src/orders/main.ts', { ...telemetry, ...database.environment }, interrupt.signal),
    (one) => one.stop(),
  );
  const desk = resources.adopt(
    await startService(
      'desk',
      'src/desk/main.ts',
      {
        ...telemetry,
        ...database.environment,
        ORDERS_URL: orders.url,
        OPENAI_API_KEY: 'none',
        // The first vendor answers every request with 503.
        OPENAI_BASE_URL: `${faultUrl(simulator.url, 'service_unavailable')}/v1`,
        ANTHROPIC_API_KEY: 'none',
        ANTHROPIC_BASE_URL: simulator.url,
      },
      interrupt.signal,
    ),
    (one) => one.stop(),
  );

  say(`asking "${QUESTION}"`);
  const response = await fetch(`${desk.url}/questions`, {
    method: 'POST',
    body: JSON.stringify({ question: QUESTION }),
    signal: interrupt.signal,
  });
  const answer: unknown = await response.json();
  say('waiting for the telemetry …');
  // Services deliver what they have when they end.
  await Promise.all([desk.stop(), orders.stop()]);
  const server = collector.spans.find(({ attributes }) => attributes['url.path'] === '/questions');
  return { answer, tree: growTree(collector.spans.filter(({ trace }) => trace === server?.trace)) };
}

try {
  const { answer, tree } = await ask();
  process.stdout.write(json ? `${JSON.stringify({ answer, tree })}\n` : `\n${renderTree(tree)}\n`);
} catch (error) {
  if (!interrupt.signal.aborted) {
    process.stderr.write(`The order desk failed: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
