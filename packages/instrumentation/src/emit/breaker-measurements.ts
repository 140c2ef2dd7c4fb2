import { ATTRIBUTE, ATTRIBUTES, EVENTS, METRICS } from '@brownout/signals';
import { ROOT_CONTEXT, ValueType } from '@opentelemetry/api';
import type { Meter } from '@opentelemetry/api';
import { createBreakerRegistry } from '../breakers/breaker-registry.ts';
import type { BreakerRegistry, BreakerState, BreakerTrigger } from '../breakers/breaker-registry.ts';
import { SEVERITY_NUMBER } from './events.ts';
import type { EventLogger } from './events.ts';
import type { RecordMetric } from './instruments.ts';
import { createLimiter } from './limiter.ts';

/** Breakers that a person can tell apart are few; what comes after is recorded as `_other`. */
const MOST_BREAKERS = 100;

/** What a breaker does by itself: these series start at 0, so that the first event of each is not lost to `rate()`. */
const USUAL_TRANSITIONS: readonly (readonly [BreakerState, BreakerTrigger])[] = [
  ['open', 'failure_rate'],
  ['open', 'probe'],
  ['half_open', 'probe'],
  ['closed', 'probe'],
];

/** The breakers of this process, and what is emitted of them. */
export function createBreakerMeasurements(
  measure: RecordMetric,
  logger: () => EventLogger | undefined,
): { readonly registry: BreakerRegistry; readonly observe: (meter: Meter) => void } {
  const boundName = createLimiter(MOST_BREAKERS, () =>
    measure('selfOverflow', 1, { [ATTRIBUTE.dimension]: ATTRIBUTE.breaker }),
  );
  const registry = createBreakerRegistry(
    {
      appeared(name) {
        for (const [state, trigger] of USUAL_TRANSITIONS) {
          measure('breakerTransitions', 0, transitionAttributes(name, state, trigger));
        }
        measure('breakerRejections', 0, { [ATTRIBUTE.breaker]: name });
      },
      moved(name, state, trigger) {
        const attributes = transitionAttributes(name, state, trigger);
        measure('breakerTransitions', 1, attributes);
        const { name: eventName, severity } = EVENTS.breakerTransition;
        logger()?.emit({
          eventName,
          severityNumber: SEVERITY_NUMBER[severity],
          severityText: severity,
          timestamp: Date.now(),
          attributes,
          context: ROOT_CONTEXT,
        });
      },
      rejected: (name) => measure('breakerRejections', 1, { [ATTRIBUTE.breaker]: name }),
    },
    boundName,
  );

  return {
    registry,
    observe(meter) {
      const { name: metric, unit, description } = METRICS.breakerState;
      meter.createObservableGauge(metric, { unit, description, valueType: ValueType.INT }).addCallback((result) => {
        // An SDK repeats what was last observed of a series: what is gone has to be said to be in no state.
        for (const [name, current] of registry.states()) {
          for (const state of ATTRIBUTES.breakerState.values) {
            const attributes = { [ATTRIBUTE.breaker]: name, [ATTRIBUTE.breakerState]: state };
            result.observe(state === current ? 1 : 0, attributes);
          }
        }
      });
    },
  };
}

function transitionAttributes(name: string, state: BreakerState, trigger: BreakerTrigger) {
  return {
    [ATTRIBUTE.breaker]: name,
    [ATTRIBUTE.breakerState]: state,
    [ATTRIBUTE.breakerTrigger]: trigger,
  };
}
