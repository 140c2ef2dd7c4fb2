import type { Telemetry } from '../../support/telemetry.ts';

/** What was exported of the breaker of one name. */
export interface ObservedBreaker {
  /** The states whose series is 1. */
  readonly state: readonly unknown[];
  /** New state, trigger and count, sorted. */
  readonly transitions: readonly string[];
  readonly rejections: number;
  /** New state and trigger, in their order. */
  readonly events: readonly string[];
}

export async function observeBreaker(telemetry: Telemetry, name: string): Promise<ObservedBreaker> {
  const metrics = await telemetry.metrics();
  const own = ({ attributes }: { readonly attributes: Readonly<Record<string, unknown>> }): boolean =>
    attributes['brownout.breaker'] === name;
  const transitions = metrics('brownout.breaker.transitions').filter(own);
  const events = telemetry.logs().filter((record) => record.eventName === 'brownout.breaker.transition' && own(record));
  const rejections = metrics('brownout.breaker.rejections').filter(own);
  return {
    state: metrics('brownout.breaker.state')
      .filter(own)
      .map(({ attributes }) => attributes['brownout.breaker.state']),
    transitions: transitions.map(({ attributes, value }) => `${describe(attributes)} ${value}`).toSorted(),
    rejections: rejections.reduce((sum, { value }) => sum + value, 0),
    events: events.map(({ attributes }) => describe(attributes)),
  };
}

function describe(attributes: Readonly<Record<string, unknown>>): string {
  return [attributes['brownout.breaker.state'], attributes['brownout.breaker.trigger']].join(' ');
}
