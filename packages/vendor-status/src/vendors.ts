import type { FormatId } from './adapters/formats.ts';
import { backing, type Coverage } from './coverage.ts';

/** A vendor, its status page, and what of the page backs which API. */
export interface Vendor extends Coverage {
  /** `brownout.vendor`: what the command calls it. */
  readonly name: string;
  readonly format: FormatId;
  /** Where the page is; the paths of the format's documents are appended. */
  readonly url: string;
  /** Addresses of documents that are elsewhere, by their path in the format. */
  readonly elsewhere?: Readonly<Record<string, string>>;
  /** Milliseconds after which a page that was not written again is not believed; for pages that are written anew often. */
  readonly staleAfterMs?: number;
}

/**
 * The vendors that are known. Components are matched by name, since ids were seen to differ between captures. None of
 * these pages was read live when the table was written: where one has moved, or a name has changed, the status is
 * unknown and says so.
 */
export const VENDORS = [
  {
    name: 'anthropic',
    format: 'statuspage',
    url: 'https://status.claude.com',
    components: backing('anthropic', 'Claude API'),
  },
  {
    name: 'openai',
    format: 'incident_io',
    url: 'https://status.openai.com',
    components: backing('openai', 'Chat Completions', 'Responses', 'Embeddings'),
  },
  {
    // Says nothing of the Gemini developer API (`gcp.gemini`), which has no page that a program may read.
    name: 'google-cloud',
    format: 'google_cloud',
    url: 'https://status.cloud.google.com',
    components: backing('gcp.vertex_ai', 'Vertex Gemini API'),
  },
  {
    name: 'aws',
    format: 'aws_health',
    url: 'https://health.aws.amazon.com',
    elsewhere: { '/services.json': 'https://servicedata-eu-west-1-prod.s3.amazonaws.com/services.json' },
    components: backing('aws.bedrock', 'Amazon Bedrock ('),
  },
  {
    // Not status.azure.com: it sends on to an instance nearby, which may be the one that is down and tells of nothing.
    name: 'azure',
    format: 'azure',
    url: 'https://rssfeed.azure.status.microsoft/en-us/status/feed/',
    components: [
      ...backing('azure.ai.openai', 'Azure OpenAI', 'Foundry Models'),
      ...backing('azure.ai.inference', 'Foundry Models'),
    ],
  },
  {
    // Reports of 2026-09 disagree on who hosts it now.
    name: 'mistral',
    format: 'checkly',
    url: 'https://status.mistral.ai/api/status-page/mistral-ai',
    components: backing('mistral_ai', 'Chat Completions API', 'Embeddings API', 'Agents API', 'Conversations API'),
  },
  {
    name: 'cohere',
    format: 'incident_io',
    url: 'https://status.cohere.com',
    components: backing('cohere', ''),
    ignored: ['Docs', 'Website', 'Playground', 'Coral', 'Dashboard'],
  },
  {
    name: 'groq',
    format: 'incident_io',
    url: 'https://groqstatus.com',
    components: backing('groq', 'API', ''),
    ignored: ['Docs', 'Website', 'Console', 'Playground'],
  },
  {
    name: 'fireworks',
    format: 'incident_io',
    url: 'https://status.fireworks.ai',
    components: backing('fireworks_ai', ''),
    ignored: ['Docs', 'Website'],
  },
  {
    name: 'openrouter',
    format: 'datadog',
    url: 'https://openrouter.statuspage.datadoghq.com',
    components: backing('openrouter', 'Chat (', 'Embeddings ('),
  },
  {
    name: 'xai',
    format: 'feed',
    url: 'https://status.x.ai/feed.xml',
    components: backing('x_ai', 'API ('),
  },
] as const satisfies readonly Vendor[];

/** Name of a vendor that is known. */
export type VendorName = (typeof VENDORS)[number]['name'];
