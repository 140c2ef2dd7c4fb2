import type { Telemetry } from '../../support/telemetry.ts';

/** What was exported of the policies of one name: `executions` and each action that is not 0, by kind. */
export async function observePolicy(telemetry: Telemetry, name: string): Promise<Readonly<Record<string, number>>> {
  const metrics = await telemetry.metrics();
  const points = ['brownout.policy.executions', 'brownout.policy.actions'].flatMap((metric) => metrics(metric));
  const own = points.filter(({ attributes }) => attributes['brownout.policy'] === name);
  return Object.fromEntries(
    own.map(({ attributes, value }) => {
      const what = attributes['brownout.policy.action'] ?? 'executions';
      return [[attributes['brownout.policy.kind'], what].join(' '), value];
    }),
  );
}
