import type { Call, Fallback } from '@brownout/core';
import { ATTRIBUTE, EVENTS, UNSPECIFIED_VALUE } from '@brownout/signals';
import type { Attributes, Context } from '@opentelemetry/api';
import { epochMs } from '../clock.ts';
import { defined } from './call-attributes.ts';

/** The part of an OpenTelemetry logger that is used here; it is spelled out because API 1.9 has no logs. */
export interface EventLogger {
  emit(record: {
    eventName: string;
    severityNumber: number;
    severityText: string;
    timestamp: number;
    attributes: Attributes;
    context: Context;
  }): void;
}

export const SEVERITY_NUMBER = { DEBUG: 5, INFO: 9, WARN: 13 } as const;

/** Emits the log records of a call that has ended. `content` is `undefined` unless capture into events is switched on. */
export function emitCallEvents(
  logger: EventLogger,
  call: Call,
  attributes: Attributes,
  content: Attributes | undefined,
  context: Context,
): void {
  const timestamp = epochMs(call.outcome?.endedAt ?? call.startedAt);
  const emit = (event: keyof typeof EVENTS, eventAttributes: Attributes): void => {
    const { name, severity } = EVENTS[event];
    logger.emit({
      eventName: name,
      severityNumber: SEVERITY_NUMBER[severity],
      severityText: severity,
      timestamp,
      attributes: eventAttributes,
      context,
    });
  };
  // The conventions define this event for inference only.
  if (call.facts.request.operation !== 'embeddings') {
    emit('operationDetails', content === undefined ? attributes : { ...attributes, ...content });
  }
  if (call.outcome?.errorType !== undefined) {
    emit('operationException', {
      [ATTRIBUTE.exceptionType]: call.outcome.errorType,
      [ATTRIBUTE.exceptionMessage]: describeFailure(call),
    });
  }
  if (call.outcome?.verdict === 'unusable') emit('callUnusable', attributes);
  if (call.fallback !== undefined) emit('fallback', fallbackAttributes(call, call.fallback));
}

/** Of the reasons that there are two of, this event gives that of the call that failed, as the metric does. */
function fallbackAttributes({ facts, outcome }: Call, fallback: Fallback): Attributes {
  return defined({
    [ATTRIBUTE.providerName]: facts.provider,
    [ATTRIBUTE.requestModel]: fallback.toModel ?? facts.request.model ?? UNSPECIFIED_VALUE,
    [ATTRIBUTE.operationName]: facts.request.operation,
    [ATTRIBUTE.useCase]: facts.useCase,
    [ATTRIBUTE.fallbackFromProvider]: fallback.fromProvider,
    [ATTRIBUTE.fallbackFromModel]: fallback.fromModel,
    [ATTRIBUTE.reason]: fallback.reason,
    [ATTRIBUTE.fallbackMechanism]: fallback.mechanism,
    [ATTRIBUTE.verdict]: outcome?.verdict,
  });
}

/** Says what failed in our own words: a provider's message may quote the prompt. */
export function describeFailure({ attempts, outcome }: Call): string {
  const status = attempts.at(-1)?.status;
  return status === undefined ? `${outcome?.reason}` : `${outcome?.reason} (HTTP ${status})`;
}
