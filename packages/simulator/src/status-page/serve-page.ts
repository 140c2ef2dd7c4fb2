import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ProviderName } from '../endpoint.ts';
import type { Clock } from '../wire/clock.ts';
import { INCIDENT_IO_DOCUMENTS } from './incident-io.ts';
import type { PageEntry } from './page-entry.ts';
import { DEFAULT_DELAY_MS, PAGE_FAULTS, type PageFaultName, type PageReply } from './page-faults.ts';
import { pageFaultAt, pageStateAt } from './page-state.ts';
import type { PageDocument, PageView } from './page-view.ts';
import { STATUSPAGE_DOCUMENTS } from './statuspage.ts';
import { VENDOR_PAGES } from './vendor-pages.ts';

/** A request to a status page, told of when its reply was sent. */
export interface PageRequest {
  /** Milliseconds since the Unix epoch. */
  readonly at: number;
  readonly provider: ProviderName;
  /** Below the page's address. */
  readonly path: string;
  /** `null` where the connection was closed without one. */
  readonly status: number | null;
  readonly fault: PageFaultName | null;
}

/** What the pages of one simulator share. */
export interface Pages {
  readonly entries: Readonly<Partial<Record<ProviderName, readonly PageEntry[]>>>;
  /** When the schedule, or its present round, began, in milliseconds since the Unix epoch. */
  readonly originMs: number;
  readonly seed: string;
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
}

interface PagePlace {
  readonly provider: ProviderName;
  /** Below the page's address. */
  readonly path: string;
}

const PLATFORMS = { statuspage: STATUSPAGE_DOCUMENTS, 'incident.io': INCIDENT_IO_DOCUMENTS } as const;

/** Where the page of a provider is, below the simulator's address. */
export const pagePath = (provider: ProviderName): string => `/status/${provider}`;

/** Whose page a request is for, and which document of it; `null` where it is for none. */
export function findPage(url: string): PagePlace | null {
  const [, name, path] = /^\/status\/([a-z]+)(\/[^?#]*)?(?:[?#].*)?$/.exec(url) ?? [];
  const provider = (Object.keys(VENDOR_PAGES) as ProviderName[]).find((one) => one === name);
  return provider === undefined ? null : { provider, path: path ?? '/' };
}

/** Answers for a status page, and resolves with what was answered. */
export async function servePage(
  place: PagePlace,
  pages: Pages,
  clock: Clock,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<PageRequest> {
  const at = clock.now();
  const elapsedMs = at - pages.originMs;
  const fault = pageFaultAt(pages.entries[place.provider] ?? [], elapsedMs);
  const shownMs = fault?.fault === 'stale' ? fault.atMs : elapsedMs;
  const healthy = replyOf(documentOf(place, pages, shownMs));
  const changed = fault && PAGE_FAULTS[fault.fault].change(healthy, fault.delayMs ?? DEFAULT_DELAY_MS);
  const reply = conditional(changed ?? healthy, request.headers['if-none-match']);
  await send(reply, response, clock);
  return { ...place, at, status: reply.cut ? null : reply.status, fault: fault?.fault ?? null };
}

function documentOf({ provider, path }: PagePlace, pages: Pages, elapsedMs: number): PageDocument | null {
  const page = VENDOR_PAGES[provider];
  const view: PageView = {
    page,
    state: pageStateAt(page, pages.entries[provider] ?? [], elapsedMs),
    url: `${pages.url}${pagePath(provider)}`,
    originMs: pages.originMs,
    seed: pages.seed,
  };
  return PLATFORMS[page.platform][path]?.(view) ?? null;
}

function replyOf(document: PageDocument | null): PageReply {
  return {
    status: document === null ? 404 : 200,
    headers: {
      'content-type': document?.contentType ?? 'application/json; charset=utf-8',
      'cache-control': 'max-age=0, private, must-revalidate',
      'access-control-allow-origin': '*',
    },
    body: Buffer.from(document?.text ?? '{"error":"Not found"}'),
    delayMs: 0,
    cut: false,
  };
}

/** What a client knows already is not sent again. */
function conditional(reply: PageReply, knownTag: string | undefined): PageReply {
  if (reply.status !== 200) return reply;
  const etag = `W/"${createHash('sha256').update(reply.body).digest('hex').slice(0, 32)}"`;
  const headers = { ...reply.headers, etag };
  return knownTag === etag ? { ...reply, headers, status: 304, body: Buffer.alloc(0) } : { ...reply, headers };
}

async function send(reply: PageReply, response: ServerResponse, clock: Clock): Promise<void> {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  if (reply.delayMs > 0) await clock.sleep(reply.delayMs, gone.signal);
  if (gone.signal.aborted) return;
  if (reply.cut) response.destroy();
  else response.writeHead(reply.status, reply.headers).end(reply.body);
}
