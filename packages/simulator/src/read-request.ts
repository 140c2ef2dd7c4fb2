import type { Ask } from './content/answer.ts';
import { isObject, objectOf, textOf } from './content/json-value.ts';
import type { Problem } from './content/problem.ts';
import type { DocumentAsk, DocumentEndpoint, GenerationEndpoint } from './endpoint.ts';
import { findEndpoint, providerOf } from './endpoints.ts';
import { splitPath } from './faults/fault-url.ts';
import type { RequestEntry } from './request-log.ts';

/** A request as it came, body and all. */
export interface IncomingRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** A request that was understood, or what the real API would say against it. */
export type ReadRequest =
  | { readonly kind: 'generation'; readonly endpoint: GenerationEndpoint; readonly ask: Ask }
  | { readonly kind: 'document'; readonly endpoint: DocumentEndpoint; readonly ask: DocumentAsk }
  | { readonly kind: 'problem'; readonly problem: Problem };

/** Opens the log entry of a request. */
export function openEntry(request: IncomingRequest, at: number): RequestEntry {
  const { prefix, path } = splitPath(request.url);
  const endpoint = findEndpoint(request.method, pathnameOf(path), request.headers);
  const body = parseBody(request.text);
  const fields = objectOf(body);
  return {
    at,
    provider: endpoint?.provider ?? providerOf(path, request.headers),
    dialect: endpoint?.dialect ?? null,
    method: request.method,
    path,
    prefix: prefix === null ? null : prefix.slice(1),
    headers: request.headers,
    body,
    model: textOf(fields['model']) ?? '',
    streamed: fields['stream'] === true && endpoint?.kind === 'generation',
    fault: null,
    status: null,
    aborted: false,
    finished: false,
    durationMs: 0,
  };
}

export function readRequest(entry: RequestEntry): ReadRequest {
  const endpoint = findEndpoint(entry.method, pathnameOf(entry.path), entry.headers);
  if (endpoint === null) return { kind: 'problem', problem: { kind: 'unknown_path' } };
  if (endpoint.method === 'POST' && !isObject(entry.body)) {
    return { kind: 'problem', problem: { kind: 'bad_request' } };
  }
  const body = objectOf(entry.body);
  if (endpoint.kind === 'generation') {
    const reading = endpoint.read(body);
    return reading.ok
      ? { kind: 'generation', endpoint, ask: reading.ask }
      : { kind: 'problem', problem: reading.problem };
  }
  const reading = endpoint.read(body);
  return reading.ok ? { kind: 'document', endpoint, ask: reading.ask } : { kind: 'problem', problem: reading.problem };
}

/** The key of either provider's clients: `Authorization: Bearer …` or `x-api-key`. */
export function apiKeyOf(headers: Readonly<Record<string, string>>): string | null {
  return headers['x-api-key'] ?? headers['authorization']?.replace(/^Bearer\s+/i, '') ?? null;
}

function pathnameOf(path: string): string {
  return path.replace(/[?#].*$/s, '').replace(/(.)\/$/, '$1');
}

function parseBody(text: string): unknown {
  if (text === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
