import type { ProviderName } from '../endpoint.ts';

export interface PageComponent {
  readonly id: string;
  readonly name: string;
  /** `null` stands alone. */
  readonly group: string | null;
}

/** A vendor's status page as it was seen in September 2026. */
export interface VendorPage {
  readonly id: string;
  readonly name: string;
  readonly host: string;
  /** Who runs it, and so which documents it has, and in which form. */
  readonly platform: 'statuspage' | 'incident.io';
  readonly components: readonly PageComponent[];
}

const alone = (id: string, name: string): PageComponent => ({ id, name, group: null });
const grouped =
  (group: string) =>
  (id: string, name: string): PageComponent => ({ id, name, group });
const api = grouped('APIs');
const chatgpt = grouped('ChatGPT');

/**
 * The ids of Claude's page, and of OpenAI's Chat Completions and Responses, were seen on the real pages; the others are
 * made up. OpenAI has two components of one name, which only their ids tell apart.
 */
export const VENDOR_PAGES = {
  anthropic: {
    id: 'tymt9n04zgry',
    name: 'Claude',
    host: 'status.claude.com',
    platform: 'statuspage',
    components: [
      alone('rwppv331jlwc', 'claude.ai'),
      alone('0qbwn08sd68x', 'Claude Console (platform.claude.com)'),
      alone('k8w3r06qmzrp', 'Claude API (api.anthropic.com)'),
      alone('yyzkbfz2thpt', 'Claude Code'),
      alone('bpp5gb3hpjcl', 'Claude Cowork'),
      alone('0scnb50nvy53', 'Claude for Government'),
    ],
  },
  openai: {
    id: '01JMDK9XYRKZ0E4YFQ2V7TR8SN',
    name: 'OpenAI',
    host: 'status.openai.com',
    platform: 'incident.io',
    components: [
      api('01JMXBRMFE6N2NNT7DG6XZQ6PW', 'Chat Completions'),
      api('01JP8CD9JR3HR6Y7G4Q75N4DVW', 'Responses'),
      api('01JMXBSB5VZ3H0Q9W1N4T6K8AE', 'Embeddings'),
      api('01JMXBSTQ2C7M4R8Y5D3J6P9GF', 'Batch'),
      api('01JMXBT7K9F1N6X2V8S4H3W5ZB', 'Login'),
      chatgpt('01JMXBTS3D5G8J1M4Q7T0W2Y6C', 'Conversations'),
      chatgpt('01JMXBV4N8P2R5V9X1Z3B6D0HK', 'Login'),
    ],
  },
} as const satisfies Readonly<Record<ProviderName, VendorPage>>;

/** By name or id; `null` where the page has none, or more than one of that name. */
export function findComponent(page: VendorPage, nameOrId: string): PageComponent | null {
  const byId = page.components.find(({ id }) => id === nameOrId);
  const byName = page.components.filter(({ name }) => name === nameOrId);
  return byId ?? (byName.length === 1 ? (byName[0] ?? null) : null);
}
