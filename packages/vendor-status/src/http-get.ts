import http, { type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import https from 'node:https';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { context } from '@opentelemetry/api';
import { suppressTracing } from '@opentelemetry/core';

export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** Where the answer came from, after redirects. */
  readonly url: string;
  /** Unpacked. Leaving a loop over it ends the connection. */
  readonly body: AsyncIterable<Uint8Array>;
  /** Ends the connection of a body that is not read. */
  discard(): void;
}

export interface HttpOptions {
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  /** A request that is under way does not keep the process alive. `fetch` has no way to say so. */
  readonly isBackground: boolean;
}

const MOST_REDIRECTS = 5;

/** GETs, following redirects. Rejects where there is no answer. The request is in nobody's traces. */
export async function httpGet(url: string, options: HttpOptions): Promise<HttpAnswer> {
  let at = new URL(url);
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
    const response = await context.with(suppressTracing(context.active()), () => send(at, options));
    const { statusCode: status = 0, headers } = response;
    if (status < 300 || status >= 400 || headers.location === undefined) {
      return { status, headers, url: at.href, body: unpacked(response), discard: () => void response.destroy() };
    }
    response.destroy();
    const next = new URL(headers.location, at);
    if (at.protocol === 'https:' && next.protocol !== 'https:')
      throw new Error(`redirect to ${next.protocol} ${next.host}`);
    at = next;
  }
  throw new Error(`more than ${MOST_REDIRECTS} redirects`);
}

function send(url: URL, { headers, signal, isBackground }: HttpOptions): Promise<IncomingMessage> {
  const { get } = url.protocol === 'https:' ? https : http;
  return new Promise((resolve, reject) => {
    // A connection of its own in the background: in a shared pool, one that is not waited for would be handed on.
    const request = get(url, { headers, signal, ...(isBackground ? { agent: false } : {}) }, resolve);
    request.on('error', reject);
    if (isBackground) request.on('socket', (socket) => void socket.unref());
  });
}

function unpacked(response: IncomingMessage): AsyncIterable<Uint8Array> {
  if (response.headers['content-encoding'] !== 'gzip') return response;
  // Errors of either stream come out of the iteration.
  return pipeline(response, createGunzip(), () => {});
}
