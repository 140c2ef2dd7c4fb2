import { expect, it } from 'vitest';
import {
  loadDocument,
  readFixture,
  readTexts,
  snapshotOf,
  statusesOf,
  vendorWith,
} from '../../testing/read-fixture.ts';

const WELL = {
  'Amazon Bedrock (us-east-1)': 'operational',
  'Amazon Bedrock (eu-west-1)': 'operational',
  'Amazon Bedrock (us-gov-west-1)': 'operational',
};

it.each([
  ['operational', {}, 0],
  ['degraded', { 'Amazon Bedrock (us-east-1)': 'degraded' }, 1],
  ['partial', { 'Amazon Bedrock (us-gov-west-1)': 'partial_outage' }, 1],
  ['major', { 'Amazon Bedrock (eu-west-1)': 'major_outage' }, 1],
  ['several', { 'Amazon Bedrock (eu-west-1)': 'major_outage' }, 2],
])('reads the case %s: one component for each region, none of AgentCore', (name, statuses, open) => {
  const reading = readFixture('aws_health', name);
  expect(statusesOf(reading)).toEqual({ ...WELL, ...statuses });
  expect(snapshotOf(reading).incidents?.filter(({ isOpen }) => isOpen)).toHaveLength(open);
});

it('finds the service in an event of several services', () => {
  const { incidents } = snapshotOf(readFixture('aws_health', 'major'));
  expect(incidents).toEqual([
    {
      id: 'arn:aws:health:eu-west-1::event/SERVICES/AWS_SERVICES_OPERATIONAL_ISSUE/AWS_SERVICES_OPERATIONAL_ISSUE_EXAMPLE_1793613600',
      name: 'Increased Connectivity Issues',
      impact: 'critical',
      status: 'disrupted',
      isOpen: true,
      url: 'https://health.aws.amazon.com/health/status',
      startedAt: null,
      postedAt: 1_793_613_600_000,
      updatedAt: 1_793_614_800_000,
      resolvedAt: null,
      components: ['Amazon Bedrock (eu-west-1)'],
      providers: ['aws.bedrock'],
      models: 'unclear',
    },
  ]);
});

it('reads the end of an event that is over', () => {
  const { incidents } = snapshotOf(readFixture('aws_health', 'operational'));
  expect(incidents).toMatchObject([{ isOpen: false, status: 'resolved', resolvedAt: 1_793_610_000_000 }]);
});

it('can be held to one region', () => {
  const vendor = {
    ...vendorWith('aws_health'),
    components: [{ component: 'Amazon Bedrock (us-east-1)', provider: 'aws.bedrock' }],
  };
  const reading = readFixture('aws_health', 'major', vendor);
  expect(statusesOf(reading)).toEqual({ 'Amazon Bedrock (us-east-1)': 'operational' });
  expect(snapshotOf(reading).incidents).toEqual([]);
});

it('is unknown for a code that is not known, and where the catalogue has the service no more', () => {
  const catalogue = loadDocument('aws_health', '/services.json', 'operational').toString().slice(1);
  const event = {
    service: 'bedrock-us-east-1',
    service_name: 'Amazon Bedrock',
    arn: 'a',
    date: '1',
    summary: 's',
    status: '7',
  };
  expect(readTexts('aws_health', [JSON.stringify([event]), catalogue])).toEqual({
    kind: 'unknown',
    problems: [expect.stringContaining('0.status: ')],
  });
  expect(readTexts('aws_health', ['[]', '[]']).kind).toBe('unknown');
});
