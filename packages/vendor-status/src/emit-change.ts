import { ATTRIBUTE, EVENTS } from '@brownout/signals';
import { type Attributes, type Logger, SeverityNumber } from '@opentelemetry/api';
import type { IncidentChange } from './incident-changes.ts';
import type { Vendor } from './vendors.ts';

const EVENT = EVENTS.vendorIncident;

/** Emits `brownout.vendor.incident`: one record for each API that the incident concerns. */
export function emitChange(logger: Logger, vendor: Vendor, { kind, incident, seenAt }: IncidentChange): void {
  for (const provider of incident.providers) {
    logger.emit({
      eventName: EVENT.name,
      severityNumber: SeverityNumber[EVENT.severity],
      severityText: EVENT.severity,
      timestamp: seenAt,
      attributes: withoutUndefined({
        [ATTRIBUTE.vendor]: vendor.name,
        [ATTRIBUTE.providerName]: provider,
        [ATTRIBUTE.vendorImpact]: incident.impact,
        [ATTRIBUTE.vendorIncidentChange]: kind,
        [ATTRIBUTE.vendorIncidentId]: incident.id,
        [ATTRIBUTE.vendorIncidentName]: incident.name,
        [ATTRIBUTE.vendorIncidentStatus]: incident.status,
        [ATTRIBUTE.vendorIncidentUrl]: incident.url ?? undefined,
        [ATTRIBUTE.vendorIncidentComponents]: incident.components.length > 0 ? [...incident.components] : ['unclear'],
        [ATTRIBUTE.vendorIncidentModels]: incident.models === 'unclear' ? ['unclear'] : [...incident.models],
        [ATTRIBUTE.vendorIncidentStarted]: seconds(incident.startedAt),
        [ATTRIBUTE.vendorIncidentPosted]: seconds(incident.postedAt),
        [ATTRIBUTE.vendorIncidentUpdated]: seconds(incident.updatedAt),
        [ATTRIBUTE.vendorIncidentResolved]: seconds(incident.resolvedAt),
        [ATTRIBUTE.vendorIncidentFirstSeen]: seconds(incident.firstSeenAt),
      }),
    });
  }
}

const seconds = (milliseconds: number | null): number | undefined =>
  milliseconds === null ? undefined : milliseconds / 1000;

const withoutUndefined = (attributes: Attributes): Attributes =>
  Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== undefined));
