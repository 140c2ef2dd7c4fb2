import { diag, logs, type LoggerProvider, metrics, type MeterProvider } from '@opentelemetry/api';
import { FORMATS } from './adapters/formats.ts';
import { emitChange } from './emit-change.ts';
import { observeMetrics } from './observe-metrics.ts';
import { type OnPoll, startPoller } from './start-poller.ts';
import { DEFAULT_LIMITS, type FetchLimits } from './fetch-page.ts';
import { watchVendor } from './vendor-watch.ts';
import { type Vendor, type VendorName, VENDORS } from './vendors.ts';

export interface VendorStatusOptions {
  /**
   * Names of known ones, or vendors of one's own. Default: every one of `VENDORS` but those whose documents are megabytes
   * long (`google-cloud`, `aws`), since parsing them holds up the application for about a tenth of a second.
   */
  readonly vendors?: readonly (VendorName | Vendor)[];
  /** How often each page is read, in milliseconds; a minute if left out, which is what vendors are known to bear. */
  readonly paceMs?: number;
  /** Default: 10 s and 2 MiB for a document, and a request that is under way does not keep the process alive. */
  readonly limits?: FetchLimits;
  /** For a log of one's own. */
  readonly onPoll?: OnPoll;
  /** Default: the application's global one. */
  readonly meterProvider?: MeterProvider;
  /** Default: the application's global one. */
  readonly loggerProvider?: LoggerProvider;
}

export interface VendorStatus {
  /** Polls no more and takes the metrics back. */
  stop(): void;
}

/**
 * Polls the status pages from inside an application that has an OpenTelemetry SDK; it keeps no process alive. Meant for
 * an application that runs once: many replicas poll through `brownout-vendor-status run` instead, one for all of them.
 * A name that is not known is left out and told through `diag`.
 */
export function startVendorStatus(options: VendorStatusOptions = {}): VendorStatus {
  const {
    vendors = LIGHT,
    paceMs,
    limits = IN_BACKGROUND,
    onPoll,
    meterProvider = metrics,
    loggerProvider = logs,
  } = options;
  const watches = vendors.flatMap(vendorOf).map((vendor) => watchVendor(vendor, Date.now, limits));
  const logger = loggerProvider.getLogger(SCOPE);
  const unobserve = observeMetrics(meterProvider.getMeter(SCOPE), watches);
  const tell: OnPoll = (watch, changes) => {
    for (const change of changes) emitChange(logger, watch.vendor, change);
    onPoll?.(watch, changes);
  };
  const stopPolling = startPoller(watches, tell, paceMs);
  return {
    stop() {
      stopPolling();
      unobserve();
    },
  };
}

const isLight = ({ format }: Vendor): boolean =>
  FORMATS[format].documents.every(({ maxBytes }) => maxBytes === undefined);
const LIGHT = VENDORS.filter(isLight);

function vendorOf(vendor: VendorName | Vendor): readonly Vendor[] {
  if (typeof vendor === 'object') return [vendor];
  const known = VENDORS.filter(({ name }) => name === vendor);
  if (known.length === 0) {
    const names = VENDORS.map(({ name }) => name).join(', ');
    diag.warn(`brownout: there is no vendor "${vendor}", so its status page is not read; known are ${names}`);
  }
  return known;
}

const IN_BACKGROUND = { ...DEFAULT_LIMITS, isBackground: true };
const SCOPE = '@brownout/vendor-status';
