import { classify, DIALECTS, looksLikeRequest } from '@brownout/dialects';
import type { Dialect, DialectId } from '@brownout/dialects';
import type { Config } from '../config/config.ts';
import type { CallFrame } from '../link/call-frame.ts';
import type { WireRequest } from './tap-fetch.ts';

/** A request that is a model call. */
export interface IdentifiedRequest {
  readonly dialect: Dialect;
  /** Who is billed: by the host, else by the SDK that made the call, else the dialect's own vendor. */
  readonly provider: string;
  /** The parsed JSON body; `undefined` where it cannot be read before the request is sent. */
  readonly body: unknown;
}

const DIALECT_VENDOR: Record<DialectId, string> = {
  'openai-chat': 'openai',
  'openai-responses': 'openai',
  'openai-embeddings': 'openai',
  'anthropic-messages': 'anthropic',
};

/** Tells a model call from everything else, by path and host, and on an unknown host by what the request looks like. */
export function identify(
  request: WireRequest,
  frame: CallFrame | undefined,
  overrides: Config['providers'],
): IdentifiedRequest | undefined {
  const found = classify({ method: request.method, url: request.url, overrides });
  if (found === undefined) return undefined;
  const body = bodyOf(request, frame);
  const isNamed = found.provider !== undefined || frame !== undefined;
  if (!isNamed && !looksFamiliar(found.dialect, body, request)) return undefined;
  return {
    dialect: DIALECTS[found.dialect],
    provider: found.provider ?? frame?.vendor ?? DIALECT_VENDOR[found.dialect],
    body,
  };
}

/** The SDK's own options hold the body as an object: no need to parse what it serialised. */
function bodyOf({ body }: WireRequest, frame: CallFrame | undefined): unknown {
  const given = frame?.options?.body;
  if (typeof given === 'object' && given !== null) return given;
  return body === undefined ? undefined : parseJson(body);
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function looksFamiliar(dialect: DialectId, body: unknown, request: WireRequest): boolean {
  if (body !== undefined || request.readBody === undefined) {
    return looksLikeRequest(dialect, body, request.url.pathname);
  }
  // A `Request` object's body can only be read later; its headers and its path have to do.
  return dialect === 'anthropic-messages'
    ? request.header('anthropic-version') !== null
    : request.url.pathname.startsWith('/v1/');
}
