import { expect, it } from 'vitest';
import { VENDORS } from '../vendors.ts';
import { readConfig } from './read-config.ts';

const read = (text: string) => readConfig('status.yaml', text, VENDORS);
const settings = (text: string) => {
  const reading = read(text);
  if (reading.kind === 'wrong') throw new Error(reading.mistakes.join('\n'));
  return reading.settings;
};

it('adds any page by its address, changes known ones, selects, and sets the pace', () => {
  const { vendors, paceMs } = settings(`
pace: 90s
only: [acme, aws, news]
vendors:
  acme:
    format: statuspage
    url: https://status.acme.example/
    components: { acme: [API, Inference], acme_eu: [API EU] }
    ignored: [API docs]
    staleAfter: 1h
  news: { format: feed, url: 'https://acme.example/feed/', components: { acme: [''] } }
  aws:
    components: { aws.bedrock: ['Amazon Bedrock (eu-west-1)'] }
`);
  expect(paceMs).toBe(90_000);
  expect(vendors).toEqual([
    {
      name: 'acme',
      format: 'statuspage',
      url: 'https://status.acme.example',
      components: [
        { component: 'API', provider: 'acme' },
        { component: 'Inference', provider: 'acme' },
        { component: 'API EU', provider: 'acme_eu' },
      ],
      ignored: ['API docs'],
      staleAfterMs: 3_600_000,
    },
    {
      ...VENDORS.find(({ name }) => name === 'aws'),
      components: [{ component: 'Amazon Bedrock (eu-west-1)', provider: 'aws.bedrock' }],
    },
    {
      name: 'news',
      format: 'feed',
      url: 'https://acme.example/feed/',
      components: [{ component: '', provider: 'acme' }],
    },
  ]);
});

it('takes all known vendors, and the added ones, where none are selected; an empty file changes nothing', () => {
  expect(settings('').vendors).toEqual(VENDORS);
  expect(settings('{"vendors":{"aws":{"url":"http://127.0.0.1:1"}}}').vendors).toHaveLength(VENDORS.length);
  expect(settings('{"vendors":{"aws":{"url":"http://127.0.0.1:1"}}}').vendors.at(3)).not.toHaveProperty('elsewhere');
});

it.each([
  ['pace: fast', ['status.yaml:1:7 pace: "fast": it is not a duration such as 30s, 90m or 6h']],
  ['pase: 30s', ['status.yaml:1:1 pase: there is no such key; there are pace, only, vendors']],
  ['- anthropic', ['status.yaml:1:1 it is not a map of keys and values']],
  ['only: anthropic', ['status.yaml:1:7 only: "anthropic": it is not a list']],
  [
    'only:\n  - anthropic\n  - opnai',
    ['status.yaml:3:5 only.1: there is no vendor opnai; there are anthropic, openai'],
  ],
  [
    'vendors:\n  openai:\n    formt: statuspage',
    ['status.yaml:3:5 vendors.openai.formt: there is no such key; there are format, url, components'],
  ],
  [
    'vendors:\n  openai:\n    format: instatus\n    url: ftp://x\n    components: {}',
    [
      'status.yaml:3:13 vendors.openai.format: "instatus": it is none of statuspage, incident_io',
      'status.yaml:4:10 vendors.openai.url: "ftp://x": it is no http or https address',
      'status.yaml:5:17 vendors.openai.components: {}: it is empty',
    ],
  ],
  ['vendors:\n  acme: { url: https://acme.example }', ['status.yaml:2:3 vendors.acme: format, components missing: ']],
  ['vendors:\n  Acme Inc: {}', ['status.yaml:2:3 vendors.Acme Inc: a name has small letters']],
  ['pace: 30s\npace: 60s', ['status.yaml:2:1 Map keys must be unique']],
  ['vendors: {', ['status.yaml:1:11 Flow map in block collection must']],
])('names file, line, column and key of a mistake: %j', (text, mistakes) => {
  expect(read(text)).toEqual({ kind: 'wrong', mistakes: mistakes.map((mistake) => expect.stringContaining(mistake)) });
});
