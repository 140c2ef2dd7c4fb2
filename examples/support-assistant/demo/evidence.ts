import {
  correlate,
  type Correlation,
  type Declaration,
  type Evidence,
  firstPostOf,
  type Readings,
} from '@brownout/vendor-status';
import type { ModelBrownout } from './summary.ts';
import type { Telemetry } from './telemetry/collector.ts';
import type { IncidentEvent } from './telemetry/status-page.ts';

/** What the vendor's status page had to say of the brownout. Times are seconds since the load began. */
export interface PageSummary {
  readonly vendor: string | null;
  /** `posted`, `never_posted`, or `not_read` where the page was not understood: then it is unknown. */
  readonly outcome: Correlation['kind'];
  readonly incident: string | null;
  /** When the vendor first posted. */
  readonly firstPost: number | null;
  /** Seconds from the onset to that; negative where the vendor was first. */
  readonly lag: number | null;
  /** When it began, as the vendor claims. */
  readonly claimedStart: number | null;
}

/** What both sides have to say, for `brownout-vendor-status lag --from`. Unix times in seconds. */
export function evidenceOf(
  { calls, pages }: Telemetry,
  brownout: ModelBrownout | null,
  { origin, endedAt }: { readonly origin: number; readonly endedAt: number },
): Evidence {
  const unix = (seconds: number) => origin + seconds;
  const orNull = (seconds: number | null) => (seconds === null ? null : unix(seconds));
  const readings = readingsOf(pages.samples);
  const incidents = Map.groupBy(pages.events, ({ id, provider }) => `${provider} ${id}`);
  return {
    from: origin,
    to: unix(endedAt),
    hurts:
      brownout === null
        ? []
        : [
            {
              provider: brownout.provider,
              model: brownout.model,
              onset: { at: unix(brownout.onset), after: unix(brownout.onset) },
              end: orNull(brownout.end),
              calls: brownout.calls,
              hurtCalls: brownout.hurtCalls,
            },
          ],
    declarations: [...incidents.values()].flatMap((events): readonly Declaration[] => {
      const [first] = events;
      const last = events.at(-1);
      if (first === undefined || last === undefined) return [];
      const { vendor, provider } = first;
      const times = readings.find((one) => one.vendor === vendor)?.times ?? [];
      const post = firstPostOf(first.posted, first.firstSeen, times);
      const end = last.change === 'resolved' ? (last.resolved ?? last.at) : null;
      const isMeanwhile = ({ start }: { readonly start: number }) => start >= post.at && start <= (end ?? Infinity);
      return [
        {
          vendor,
          providers: [provider],
          models: modelsOf(last),
          id: last.id,
          name: last.name,
          url: last.url,
          firstPost: { at: unix(post.at), after: orNull(post.after) },
          claimedStart: orNull(last.started),
          end: orNull(end),
          callsMeanwhile: calls.filter((call) => call.provider === provider && isMeanwhile(call)).length,
        },
      ];
    }),
    readings: readings.map((one) => ({ ...one, times: one.times.map(unix) })),
  };
}

/** What the page had to say of the brownout, or `null` where there was none. */
export function summarizePage(evidence: Evidence): PageSummary | null {
  const [hurt] = evidence.hurts;
  const own = correlate(evidence).find((one) => ('hurt' in one ? one.hurt === hurt : 'hurts' in one));
  if (hurt === undefined || own === undefined) return null;
  const nothing = { incident: null, firstPost: null, lag: null, claimedStart: null };
  if (own.kind !== 'posted') {
    return { ...nothing, outcome: own.kind, vendor: own.kind === 'never_posted' ? own.vendor : null };
  }
  const { vendor, name, firstPost, claimedStart } = own.declaration;
  return {
    vendor,
    outcome: own.kind,
    incident: name,
    firstPost: firstPost.at - evidence.from,
    lag: own.lag.seconds,
    claimedStart: claimedStart === null ? null : claimedStart - evidence.from,
  };
}

const modelsOf = ({ models }: IncidentEvent): Declaration['models'] =>
  models.length === 0 || models.includes('unclear') ? 'unclear' : models;

function readingsOf(samples: Telemetry['pages']['samples']): readonly Readings[] {
  const vendors = [...new Set(samples.flatMap(({ readAt }) => [...readAt.keys()]))];
  return vendors.map((vendor) => ({
    vendor,
    providers: [
      ...new Set(
        samples.flatMap(({ components }) =>
          components.filter((one) => one.vendor === vendor).map(({ provider }) => provider),
        ),
      ),
    ],
    times: [...new Set(samples.flatMap(({ readAt }) => readAt.get(vendor) ?? []))],
  }));
}
