/** Who answers at a host. */
export interface Provider {
  /** `gen_ai.provider.name`: the GenAI conventions' value where there is one, else the usual name in lower case. */
  readonly provider: string;
  /** Exact host names, or `*.` and a domain for every host below it. */
  readonly hosts: readonly string[];
  /** How the path starts where the host, or another row with it, serves other things too. */
  readonly pathPrefix?: string;
  /** Response headers that hold the id by which the provider's support finds the request. */
  readonly requestIdHeaders: readonly string[];
  /** Which family of rate-limit headers the provider documents. */
  readonly rateLimitHeaders: 'x-ratelimit' | 'anthropic-ratelimit' | 'none';
  /** A gateway passes the request on to a vendor, perhaps of its own choice. */
  readonly kind: 'vendor' | 'gateway';
  /**
   * Where it is told that chat streams of this provider may end after their finish reason, without `[DONE]`. For any other
   * provider an end without it is a cut.
   */
  readonly endsWithoutDone?: string;
  /** Where the provider documents the address. */
  readonly docs: string;
}

const VENDOR = { kind: 'vendor', requestIdHeaders: ['x-request-id'], rateLimitHeaders: 'none' } as const;
const VENDOR_WITH_LIMITS = { ...VENDOR, rateLimitHeaders: 'x-ratelimit' } as const;
const GATEWAY = { kind: 'gateway', requestIdHeaders: ['x-request-id'], rateLimitHeaders: 'none' } as const;
const AZURE = { ...VENDOR_WITH_LIMITS, requestIdHeaders: ['apim-request-id', 'x-request-id'] } as const;
const AZURE_DOCS = 'https://learn.microsoft.com/azure/foundry/foundry-models/concepts/endpoints';

/** Every host that is documented to speak one of our dialects. A new OpenAI-compatible vendor is one row. */
// prettier-ignore
export const PROVIDERS = [
  { provider: 'openai', hosts: ['api.openai.com', '*.api.openai.com'], docs: 'https://platform.openai.com/docs/api-reference', ...VENDOR_WITH_LIMITS },
  { provider: 'azure.ai.openai', hosts: ['*.openai.azure.com', '*.openai.azure.us', '*.cognitiveservices.azure.com'], docs: AZURE_DOCS, ...AZURE },
  { provider: 'azure.ai.openai', hosts: ['*.services.ai.azure.com'], pathPrefix: '/openai/', docs: AZURE_DOCS, ...AZURE },
  { provider: 'azure.ai.inference', hosts: ['*.services.ai.azure.com', '*.models.ai.azure.com'], docs: AZURE_DOCS, ...AZURE },
  { provider: 'anthropic', hosts: ['api.anthropic.com'], docs: 'https://docs.claude.com/en/api/overview', kind: 'vendor', requestIdHeaders: ['request-id'], rateLimitHeaders: 'anthropic-ratelimit' },
  { provider: 'groq', hosts: ['api.groq.com'], docs: 'https://console.groq.com/docs/openai', ...VENDOR_WITH_LIMITS },
  { provider: 'together_ai', hosts: ['api.together.xyz'], docs: 'https://docs.together.ai/docs/openai-api-compatibility', ...VENDOR_WITH_LIMITS },
  { provider: 'mistral_ai', hosts: ['api.mistral.ai', 'api.eu.mistral.ai', 'api.us.mistral.ai', 'codestral.mistral.ai'], docs: 'https://docs.mistral.ai/api', ...VENDOR_WITH_LIMITS, requestIdHeaders: ['mistral-correlation-id', 'x-kong-request-id'] },
  { provider: 'deepseek', hosts: ['api.deepseek.com'], docs: 'https://api-docs.deepseek.com', ...VENDOR },
  { provider: 'x_ai', hosts: ['api.x.ai', '*.api.x.ai'], docs: 'https://docs.x.ai/docs/api-reference', ...VENDOR },
  { provider: 'perplexity', hosts: ['api.perplexity.ai'], docs: 'https://docs.perplexity.ai', ...VENDOR, endsWithoutDone: 'https://github.com/perplexityai/api-discussion/issues/209' },
  { provider: 'fireworks_ai', hosts: ['api.fireworks.ai'], docs: 'https://docs.fireworks.ai/tools-sdks/openai-compatibility', ...VENDOR_WITH_LIMITS },
  { provider: 'cerebras', hosts: ['api.cerebras.ai'], docs: 'https://inference-docs.cerebras.ai/resources/openai', ...VENDOR_WITH_LIMITS },
  { provider: 'moonshot_ai', hosts: ['api.moonshot.ai', 'api.moonshot.cn', 'api.kimi.com'], docs: 'https://platform.moonshot.ai/docs/api/chat', ...VENDOR },
  { provider: 'z_ai', hosts: ['api.z.ai', 'open.bigmodel.cn'], docs: 'https://docs.z.ai/api-reference/introduction', ...VENDOR },
  { provider: 'dashscope', hosts: ['dashscope.aliyuncs.com', 'dashscope-intl.aliyuncs.com', 'dashscope-us.aliyuncs.com', '*.dashscope.aliyuncs.com', '*.maas.aliyuncs.com'], docs: 'https://www.alibabacloud.com/help/en/model-studio/compatibility-of-openai-with-dashscope', ...VENDOR },
  { provider: 'gcp.gemini', hosts: ['generativelanguage.googleapis.com'], pathPrefix: '/v1beta/openai/', docs: 'https://ai.google.dev/gemini-api/docs/openai', ...VENDOR, requestIdHeaders: [] },
  { provider: 'gcp.vertex_ai', hosts: ['*.googleapis.com'], pathPrefix: '/v1/projects/', docs: 'https://cloud.google.com/vertex-ai/generative-ai/docs/start/openai', ...VENDOR, requestIdHeaders: [] },
  { provider: 'cohere', hosts: ['api.cohere.ai', 'api.cohere.com'], pathPrefix: '/compatibility/', docs: 'https://docs.cohere.com/docs/compatibility-api', ...VENDOR, requestIdHeaders: ['x-debug-trace-id'] },
  { provider: 'nvidia_nim', hosts: ['integrate.api.nvidia.com'], docs: 'https://docs.api.nvidia.com/nim/', ...VENDOR, requestIdHeaders: ['nvcf-reqid'] },
  { provider: 'sambanova', hosts: ['api.sambanova.ai'], docs: 'https://docs.sambanova.ai', ...VENDOR_WITH_LIMITS },
  { provider: 'deepinfra', hosts: ['api.deepinfra.com'], docs: 'https://deepinfra.com/docs/openai_api', ...VENDOR },
  { provider: 'hyperbolic', hosts: ['api.hyperbolic.xyz'], docs: 'https://docs.hyperbolic.ai', ...VENDOR },
  { provider: 'novita', hosts: ['api.novita.ai'], docs: 'https://novita.ai/docs/guides/introduction', ...VENDOR },
  { provider: 'nebius', hosts: ['api.tokenfactory.nebius.com', 'api.studio.nebius.com'], docs: 'https://docs.tokenfactory.nebius.com', ...VENDOR },
  { provider: 'siliconflow', hosts: ['api.siliconflow.com', 'api.siliconflow.cn'], docs: 'https://docs.siliconflow.com', ...VENDOR },
  { provider: 'minimax', hosts: ['api.minimax.io', 'api.minimaxi.com'], docs: 'https://platform.minimax.io/docs/guides/quickstart', ...VENDOR },
  { provider: 'baseten', hosts: ['inference.baseten.co'], docs: 'https://docs.baseten.co/inference/model-apis/overview', ...VENDOR },
  { provider: 'chutes', hosts: ['llm.chutes.ai'], docs: 'https://llm.chutes.ai/v1/models', ...VENDOR },
  { provider: 'scaleway', hosts: ['api.scaleway.ai'], docs: 'https://www.scaleway.com/en/docs/generative-apis/', ...VENDOR },
  { provider: 'ovhcloud', hosts: ['oai.endpoints.kepler.ai.cloud.ovh.net'], docs: 'https://www.ovhcloud.com/en/public-cloud/ai-endpoints/catalog/', ...VENDOR },
  { provider: 'friendli', hosts: ['api.friendli.ai'], docs: 'https://friendli.ai/docs/guides/serverless_endpoints/introduction', ...VENDOR },
  { provider: 'digitalocean', hosts: ['inference.do-ai.run'], docs: 'https://docs.digitalocean.com/products/inference/', ...VENDOR_WITH_LIMITS },
  { provider: 'upstage', hosts: ['api.upstage.ai'], docs: 'https://developers.upstage.ai/docs/apis/chat', ...VENDOR },
  { provider: 'inception', hosts: ['api.inceptionlabs.ai'], docs: 'https://platform.inceptionlabs.ai/docs', ...VENDOR },
  { provider: 'stepfun', hosts: ['api.stepfun.com', 'api.stepfun.ai'], docs: 'https://platform.stepfun.ai/docs', ...VENDOR },
  { provider: 'volcengine', hosts: ['ark.cn-beijing.volces.com'], docs: 'https://www.volcengine.com/docs/82379', ...VENDOR },
  { provider: 'cloudflare_workers_ai', hosts: ['api.cloudflare.com'], pathPrefix: '/client/v4/accounts/', docs: 'https://developers.cloudflare.com/workers-ai/configuration/open-ai-compatibility/', ...VENDOR, requestIdHeaders: ['cf-ray'] },
  { provider: 'openrouter', hosts: ['openrouter.ai'], docs: 'https://openrouter.ai/docs/api/reference/overview', ...GATEWAY, requestIdHeaders: ['x-generation-id', 'cf-ray'] },
  { provider: 'huggingface', hosts: ['router.huggingface.co'], docs: 'https://huggingface.co/docs/inference-providers', ...GATEWAY },
  { provider: 'vercel_ai_gateway', hosts: ['ai-gateway.vercel.sh'], docs: 'https://vercel.com/docs/ai-gateway', ...GATEWAY, requestIdHeaders: ['x-vercel-id'] },
  { provider: 'cloudflare_ai_gateway', hosts: ['gateway.ai.cloudflare.com'], docs: 'https://developers.cloudflare.com/ai-gateway/', ...GATEWAY, requestIdHeaders: ['cf-aig-log-id', 'cf-ray'] },
  { provider: 'github_models', hosts: ['models.github.ai', 'models.inference.ai.azure.com'], docs: 'https://docs.github.com/en/github-models', ...GATEWAY },
  { provider: 'helicone', hosts: ['*.helicone.ai'], docs: 'https://docs.helicone.ai', ...GATEWAY, requestIdHeaders: ['helicone-id'] },
  { provider: 'portkey', hosts: ['api.portkey.ai'], docs: 'https://portkey.ai/docs/api-reference', ...GATEWAY, requestIdHeaders: ['x-portkey-trace-id'] },
  { provider: 'requesty', hosts: ['router.requesty.ai'], docs: 'https://docs.requesty.ai', ...GATEWAY },
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

/** Providers whose chat streams may end after their finish reason without another word. */
const END_WITHOUT_DONE: ReadonlySet<string> = new Set(
  ROWS.filter(({ endsWithoutDone }) => endsWithoutDone !== undefined).map(({ provider }) => provider),
);

export function mayEndWithoutDone(provider: string): boolean {
  return END_WITHOUT_DONE.has(provider);
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
