import { ATTRIBUTE, type AttributeKey } from './attributes.ts';
import { SPANS } from './spans.ts';

/** One kind of event: a log record with an event name. */
export interface EventRow {
  readonly name: string;
  readonly severity: 'DEBUG' | 'INFO' | 'WARN';
  readonly status: 'emitted' | 'planned';
  readonly required: readonly AttributeKey[];
  /** Set where known. */
  readonly optional: readonly AttributeKey[];
  /** Set only if content capture is switched on. */
  readonly optIn: readonly AttributeKey[];
  readonly description: string;
}

const CALL_REQUIRED = SPANS.inference.required;
const CALL_OPTIONAL = [...SPANS.inference.conditional, ...SPANS.inference.recommended] as const;

/** Every kind of event. */
export const EVENTS = {
  operationDetails: {
    name: 'gen_ai.client.inference.operation.details',
    severity: 'DEBUG',
    status: 'emitted',
    required: CALL_REQUIRED,
    optional: CALL_OPTIONAL,
    optIn: SPANS.inference.optIn,
    description: 'One per inference call, at its end: what its span says, and the content if that was switched on.',
  },
  operationException: {
    name: 'gen_ai.client.operation.exception',
    severity: 'WARN',
    status: 'emitted',
    required: [ATTRIBUTE.exceptionType],
    optional: [ATTRIBUTE.exceptionMessage, ATTRIBUTE.exceptionStacktrace],
    optIn: [],
    description: 'The error that a call ended in.',
  },
  callUnusable: {
    name: 'brownout.call.unusable',
    severity: 'WARN',
    status: 'emitted',
    required: CALL_REQUIRED,
    optional: CALL_OPTIONAL,
    optIn: [],
    description: 'A call ended with the verdict `unusable`: everything that its span says, and never content.',
  },
  fallback: {
    name: 'brownout.fallback',
    severity: 'WARN',
    status: 'emitted',
    required: [
      ATTRIBUTE.providerName,
      ATTRIBUTE.requestModel,
      ATTRIBUTE.operationName,
      ATTRIBUTE.useCase,
      ATTRIBUTE.fallbackFromProvider,
      ATTRIBUTE.fallbackFromModel,
      ATTRIBUTE.fallbackMechanism,
    ],
    optional: [ATTRIBUTE.reason, ATTRIBUTE.verdict],
    optIn: [],
    description: 'A call, or an answer without a model, replaced a call that was unusable.',
  },
  breakerTransition: {
    name: 'brownout.breaker.transition',
    severity: 'WARN',
    status: 'emitted',
    required: [ATTRIBUTE.breaker, ATTRIBUTE.breakerState, ATTRIBUTE.breakerTrigger],
    optional: [],
    optIn: [],
    description: 'A circuit breaker changed its state.',
  },
  vendorIncident: {
    name: 'brownout.vendor.incident',
    severity: 'INFO',
    status: 'emitted',
    required: [
      ATTRIBUTE.vendor,
      ATTRIBUTE.providerName,
      ATTRIBUTE.vendorImpact,
      ATTRIBUTE.vendorIncidentChange,
      ATTRIBUTE.vendorIncidentId,
      ATTRIBUTE.vendorIncidentName,
      ATTRIBUTE.vendorIncidentStatus,
      ATTRIBUTE.vendorIncidentComponents,
      ATTRIBUTE.vendorIncidentModels,
      ATTRIBUTE.vendorIncidentFirstSeen,
    ],
    optional: [
      ATTRIBUTE.vendorIncidentUrl,
      ATTRIBUTE.vendorIncidentStarted,
      ATTRIBUTE.vendorIncidentPosted,
      ATTRIBUTE.vendorIncidentUpdated,
      ATTRIBUTE.vendorIncidentResolved,
    ],
    optIn: [],
    description:
      "A vendor's incident opened, changed or closed, by its status page: one record for each provider that it concerns. Only the poller of status pages sends it.",
  },
} as const satisfies Readonly<Record<string, EventRow>>;
