import { ATTRIBUTE, EVENTS, UNSPECIFIED_VALUE } from '@brownout/signals';
import { context } from '@opentelemetry/api';
import type { CannedFallback } from '../link/reported-fallback.ts';
import { currentUseCase } from '../tasks/use-cases.ts';
import type { DimensionLimits } from './dimensions.ts';
import { SEVERITY_NUMBER } from './events.ts';
import type { EventLogger } from './events.ts';
import type { RecordMetric } from './instruments.ts';

/** In place of the provider and the model fallen back to. */
const NO_MODEL = 'none';

/** Counts a fallback that no call is made for, so that it has no verdict either. */
export function recordCannedFallback(
  record: RecordMetric,
  logger: EventLogger | undefined,
  { fallback, replaced }: CannedFallback,
  limits: DimensionLimits,
): void {
  const attributes = {
    [ATTRIBUTE.providerName]: NO_MODEL,
    [ATTRIBUTE.requestModel]: NO_MODEL,
    // Chat is what an unseen call most likely was.
    [ATTRIBUTE.operationName]: replaced?.request.operation ?? 'chat',
    [ATTRIBUTE.useCase]: limits.useCase(replaced?.useCase ?? currentUseCase() ?? UNSPECIFIED_VALUE),
    [ATTRIBUTE.fallbackFromProvider]: fallback.fromProvider,
    [ATTRIBUTE.fallbackFromModel]: limits.requestModel(fallback.fromModel),
    ...(fallback.reason !== undefined && { [ATTRIBUTE.reason]: fallback.reason }),
    [ATTRIBUTE.fallbackMechanism]: fallback.mechanism,
  };
  const at = context.active();
  record('fallbacks', 1, attributes, at);
  const { name, severity } = EVENTS.fallback;
  logger?.emit({
    eventName: name,
    severityNumber: SEVERITY_NUMBER[severity],
    severityText: severity,
    timestamp: Date.now(),
    attributes,
    context: at,
  });
}
