/** A histogram with an exemplar, sent by OTLP as SDKs do that have exemplars: the one for Node.js has none yet. */
export async function sendExemplar(
  otlp: string,
  metric: string,
  attributes: Readonly<Record<string, string>>,
  traceId: string,
): Promise<void> {
  const now = `${BigInt(Date.now()) * 1_000_000n}`;
  const point = {
    startTimeUnixNano: now,
    timeUnixNano: now,
    attributes: attributesOf(attributes),
    count: '1',
    sum: 2,
    bucketCounts: ['0', '1'],
    explicitBounds: [1],
    exemplars: [{ timeUnixNano: now, asDouble: 2, traceId, spanId: traceId.slice(0, 16) }],
  };
  const body = {
    resourceMetrics: [
      {
        resource: { attributes: attributesOf({ 'service.name': 'elsewhere' }) },
        scopeMetrics: [
          { metrics: [{ name: metric, unit: 's', histogram: { aggregationTemporality: 2, dataPoints: [point] } }] },
        ],
      },
    ],
  };
  const response = await fetch(`${otlp}/v1/metrics`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`);
}

const attributesOf = (table: Readonly<Record<string, string>>) =>
  Object.entries(table).map(([key, stringValue]) => ({ key, value: { stringValue } }));
