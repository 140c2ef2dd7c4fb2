import type { DialectId } from './dialect.ts';
import { findProvider } from './providers.ts';

export interface ClassifiableRequest {
  readonly method: string;
  /** A `URL`, or its parts. `host` (with the port) is only needed to match an override that names a port. */
  readonly url: { readonly hostname: string; readonly pathname: string; readonly host?: string };
  /** Hosts that the user has named (lower case, `host` or `host:port`). */
  readonly overrides?: ReadonlyMap<string, { readonly dialect: DialectId; readonly provider?: string }> | undefined;
}

export interface Classification {
  readonly dialect: DialectId;
  /** `gen_ai.provider.name`; `undefined` on a host that is in no table. */
  readonly provider: string | undefined;
}

/** The Assistants API's `/threads/{id}/messages` adds to a conversation, it asks no model. */
const ENDPOINT = /\/(?:chat\/(completions)|(responses)|(embeddings)|(?<!\/threads\/[^/]+\/)(messages))\/?$/;

/** Endpoints that a host of the user's own may have beside its calls. */
const NO_CALL =
  /\/(?:models|files|batches|moderations|count_tokens|input_tokens|compact|cancel|uploads|images|audio)(?:\/|$)/;

/**
 * Which wire format a request speaks and who is billed for it, or `undefined` for a request that is no model call. Runs
 * on every request of the application: anything but a POST costs one comparison, any other path one regular expression.
 *
 * A path that merely ends the same way is a stranger's: ask `looksLikeRequest` about the body too.
 */
export function classify({ method, url, overrides }: ClassifiableRequest): Classification | undefined {
  if (method !== 'POST' && method !== 'post') return undefined;
  const endpoint = ENDPOINT.exec(url.pathname);
  const override =
    overrides === undefined || overrides.size === 0
      ? undefined
      : (overrides.get(url.host ?? url.hostname) ?? overrides.get(url.hostname));
  if (endpoint === null) {
    if (override === undefined || NO_CALL.test(url.pathname)) return undefined;
    return { dialect: override.dialect, provider: override.provider };
  }
  const provider = override?.provider ?? findProvider(url.hostname, url.pathname)?.provider;
  return { dialect: dialectOf(endpoint), provider };
}

function dialectOf([, chat, responses, embeddings]: RegExpExecArray): DialectId {
  if (chat !== undefined) return 'openai-chat';
  if (responses !== undefined) return 'openai-responses';
  if (embeddings !== undefined) return 'openai-embeddings';
  return 'anthropic-messages';
}
