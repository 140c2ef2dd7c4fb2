/** A status page and what of it backs which API. */
export interface Vendor {
  /** `brownout.vendor`: what the command calls it. */
  readonly name: string;
  /** `gen_ai.provider.name` of the calls that these components serve. */
  readonly providerName: string;
  /** A Statuspage v2 `summary.json`. */
  readonly url: string;
  /** Beginnings of the names of the components that back the API; others (consoles, chat sites) say nothing of it. */
  readonly components: readonly string[];
}

/**
 * The vendors that are known. Components are matched by name, since ids were seen to differ between captures. None of
 * these pages was read live when the table was written: where a name has changed, the status is unknown and says so.
 *
 * @see https://metastatuspage.com/api for Statuspage v2; OpenAI's is incident.io's copy of it, without incidents.
 */
export const VENDORS = [
  {
    name: 'anthropic',
    providerName: 'anthropic',
    url: 'https://status.claude.com/api/v2/summary.json',
    components: ['Claude API'],
  },
  {
    name: 'openai',
    providerName: 'openai',
    url: 'https://status.openai.com/api/v2/summary.json',
    components: ['Chat Completions', 'Responses', 'Embeddings'],
  },
] as const satisfies readonly Vendor[];
