import { faultUrl, startSimulator } from '@brownout/simulator';
import { expect } from 'vitest';
import { runProgram } from '../../support/run-program.ts';

const CALLS = 90;

/** How many of the ticket desk's calls are unusable. */
export const UNUSABLE = CALLS / 3;

/** Runs a real application under the preload, to its end: of its calls to a simulated vendor every third is unusable. */
export async function runTicketDesk(
  endpoint: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<void> {
  const simulator = await startSimulator({ timing: { instant: true } });
  const outcome = await runProgram({
    file: 'content/secret-prompts.cjs',
    beside: 'workspace packages',
    loading: 'require',
    environment: {
      OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
      MODEL_URL: simulator.url,
      BROKEN_MODEL_URL: faultUrl(simulator.url, 'overloaded'),
      CALLS: String(CALLS),
      ...environment,
    },
  });
  await simulator.close();
  expect(outcome).toMatchObject({ code: 0, stderr: '' });
}
