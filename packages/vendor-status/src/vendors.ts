import type { FormatId } from './adapters/formats.ts';

/** A vendor, its status page, and what of the page backs which API. */
export interface Vendor {
  /** `brownout.vendor`: what the command calls it. */
  readonly name: string;
  readonly format: FormatId;
  /** Where the page is; the paths of the format's documents are appended. */
  readonly url: string;
  /** Components that are in no row (consoles, chat sites) say nothing of an API. */
  readonly components: readonly Backing[];
}

export interface Backing {
  /** The beginning of the component's name on the page. */
  readonly component: string;
  /** `gen_ai.provider.name` of the calls that it serves. */
  readonly provider: string;
}

const backing = (provider: string, ...components: readonly string[]): readonly Backing[] =>
  components.map((component) => ({ component, provider }));

/**
 * The vendors that are known. Components are matched by name, since ids were seen to differ between captures. None of
 * these pages was read live when the table was written: where a name has changed, the status is unknown and says so.
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
    format: 'statuspage',
    url: 'https://status.openai.com',
    components: backing('openai', 'Chat Completions', 'Responses', 'Embeddings'),
  },
] as const satisfies readonly Vendor[];
