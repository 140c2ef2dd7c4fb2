import { expect, it } from 'vitest';
import { incidentsOf, readFixture, readTexts, snapshotOf, statusesOf } from '../../testing/read-fixture.ts';

it.each([
  ['operational', 'operational', ['(gcOld1)']],
  ['degraded', 'degraded', ['gcInf1', '(gcOld1)']],
  ['partial', 'partial_outage', ['gcDis1', '(gcOld1)']],
  ['major', 'major_outage', ['gcOut1', '(gcOld1)']],
  ['several', 'major_outage', ['gcDis1', 'gcOut2', '(gcRec1)', '(gcOld1)']],
])('reads the case %s: the worst of the open incidents that name the product', (name, status, ids) => {
  const reading = readFixture('google_cloud', name);
  expect(statusesOf(reading)).toEqual({ 'Vertex Gemini API': status });
  expect(incidentsOf(reading)).toEqual(ids);
});

it('keeps the time of the beginning apart from that of the first post, and names the model', () => {
  const { incidents } = snapshotOf(readFixture('google_cloud', 'degraded'));
  expect(incidents?.[0]).toMatchObject({
    impact: 'minor',
    status: 'SERVICE_INFORMATION',
    url: 'https://status.cloud.google.com/incidents/gcInf1',
    startedAt: Date.parse('2026-11-02T10:10:00Z'),
    postedAt: Date.parse('2026-11-02T10:40:00Z'),
    resolvedAt: null,
    providers: ['gcp.vertex_ai'],
    models: ['gemini-3-pro'],
  });
});

it('does not look into incidents of other products, but one without its list of products is not understood', () => {
  const products = '{"products":[{"title":"Vertex Gemini API"}]}';
  expect(readTexts('google_cloud', [products, '[{"affected_products":[{"title":"Cloud SQL"}]}]']).kind).toBe(
    'understood',
  );
  expect(readTexts('google_cloud', [products, '[{"id":"a"}]'])).toEqual({
    kind: 'unknown',
    problems: [expect.stringContaining('0.affected_products')],
  });
});

it('is unknown where the product is not listed any more, though no incident names it', () => {
  expect(readTexts('google_cloud', ['{"products":[{"title":"Gemini API"}]}', '[]'])).toEqual({
    kind: 'unknown',
    problems: ['components: none is named "Vertex Gemini API", which backs an API'],
  });
});
