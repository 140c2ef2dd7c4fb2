/** Who answers at a host. */
export interface Provider {
  /** `gen_ai.provider.name`: the GenAI conventions' value where there is one. */
  readonly provider: string;
  /** Exact host names, or `*.` and a domain for every host below it. */
  readonly hosts: readonly string[];
  /** Start of the paths that speak one of our dialects, where the host serves other things too. */
  readonly pathPrefix?: string;
  /** Response headers that hold the id by which the provider's support finds the request. */
  readonly requestIdHeaders: readonly string[];
  readonly rateLimitHeaders: 'x-ratelimit' | 'anthropic-ratelimit' | 'none';
  /** A gateway may pass the request on to a vendor of its choice. */
  readonly kind: 'vendor' | 'gateway';
}

export const PROVIDERS = [
  {
    // https://platform.openai.com/docs/api-reference/introduction
    provider: 'openai',
    hosts: ['api.openai.com', '*.api.openai.com'],
    requestIdHeaders: ['x-request-id'],
    rateLimitHeaders: 'x-ratelimit',
    kind: 'vendor',
  },
  {
    // https://docs.claude.com/en/api/overview
    provider: 'anthropic',
    hosts: ['api.anthropic.com'],
    requestIdHeaders: ['request-id'],
    rateLimitHeaders: 'anthropic-ratelimit',
    kind: 'vendor',
  },
] as const satisfies readonly Provider[];

const ROWS: readonly Provider[] = PROVIDERS;

/** Host, or `.` and a domain, → the rows that serve it. */
const BY_HOST: ReadonlyMap<string, readonly Provider[]> = indexByHost();

function indexByHost(): Map<string, Provider[]> {
  const index = new Map<string, Provider[]>();
  for (const row of ROWS) {
    for (const host of row.hosts) {
      const key = host.startsWith('*') ? host.slice(1) : host;
      index.set(key, [...(index.get(key) ?? []), row]);
    }
  }
  return index;
}

/** The row of the table that a URL belongs to. Costs one look-up per label of the host name. */
export function findProvider(hostname: string, pathname: string): Provider | undefined {
  let key = hostname;
  for (;;) {
    const row = BY_HOST.get(key)?.find(({ pathPrefix }) => pathPrefix === undefined || pathname.startsWith(pathPrefix));
    if (row !== undefined) return row;
    const dot = key.indexOf('.', 1);
    if (dot === -1) return undefined;
    key = key.slice(dot);
  }
}
