/** A reply of a page, before it is sent. */
export interface PageReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  readonly delayMs: number;
  /** The socket is closed before the first byte. */
  readonly cut: boolean;
}

interface PageFaultDefinition {
  readonly description: string;
  change(healthy: PageReply, delayMs: number): PageReply;
}

const HTML = Buffer.from('<!doctype html>\n<html><head><title>Just a moment...</title></head><body></body></html>\n');
const HTML_HEADERS = { 'content-type': 'text/html; charset=utf-8' };
const OVERSIZE_BYTES = 5_000_000;

/** How late a slow page is if nothing else is said: later than a patient poller waits. */
export const DEFAULT_DELAY_MS = 15_000;

/** What may be wrong with a status page. A page that fails has to be read as unknown, never as operational. */
export const PAGE_FAULTS = {
  down: {
    description: 'The connection is closed before a byte of the response.',
    change: (healthy) => ({ ...healthy, cut: true }),
  },
  server_error: {
    description: 'Status 503, with a page for people.',
    change: (healthy) => ({ ...healthy, status: 503, headers: HTML_HEADERS, body: HTML }),
  },
  html: {
    description: 'Status 200, and the HTML of a check for browsers in place of the document.',
    change: (healthy) => ({ ...healthy, status: 200, headers: HTML_HEADERS, body: HTML }),
  },
  truncated_json: {
    description: 'Status 200, and the document ends in the middle; HTTP says that it is whole.',
    change: (healthy) => ({ ...healthy, body: healthy.body.subarray(0, healthy.body.length >> 1) }),
  },
  wrong_encoding: {
    description: 'The document is in UTF-16 without a byte-order mark, and the header says UTF-8.',
    change: (healthy) => ({ ...healthy, body: Buffer.from(healthy.body.toString('utf8'), 'utf16le') }),
  },
  oversized: {
    description: 'The document is followed by 5 MB of white space: valid, and larger than anybody should read.',
    change: (healthy) => ({ ...healthy, body: Buffer.concat([healthy.body, Buffer.alloc(OVERSIZE_BYTES, ' ')]) }),
  },
  stale: {
    description: 'The page goes on saying what it said when the fault began, whatever is posted meanwhile.',
    // What stands on the page is decided before there is a reply.
    change: (healthy) => healthy,
  },
  slow: {
    description: `The response comes late: after \`delay\`, which is ${DEFAULT_DELAY_MS / 1000} s if left out.`,
    change: (healthy, delayMs) => ({ ...healthy, delayMs }),
  },
} as const satisfies Readonly<Record<string, PageFaultDefinition>>;

export type PageFaultName = keyof typeof PAGE_FAULTS;

export const PAGE_FAULT_NAMES = Object.keys(PAGE_FAULTS) as readonly PageFaultName[];
