import { randomFillSync } from 'node:crypto';
import { SpanKind, SpanStatusCode, trace, context } from '@opentelemetry/api';
import { ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';

/** A request of spans as applications send it, made once and given new ids for every time that it is sent. */
export interface Batch {
  readonly spans: number;
  /** The bytes are the same ones each time, with other ids in them. */
  next(): Buffer<ArrayBuffer>;
}

export interface BatchOptions {
  readonly traces: number;
  /** Share of traces whose call was unusable, drawn evenly. */
  readonly badShare: number;
  /** The root is the span of the service's own request: its end tells the sampler that a trace is over. */
  readonly holds?: 'all spans' | 'no root' | 'the root alone';
}

/** What the preload says of a streamed chat, in its usual length. No content: that is the default. */
const CALL = {
  'gen_ai.operation.name': 'chat',
  'gen_ai.provider.name': 'openai',
  'gen_ai.request.model': 'gpt-5-mini',
  'gen_ai.request.max_tokens': 800,
  'gen_ai.request.temperature': 0.2,
  'gen_ai.response.model': 'gpt-5-mini-2025-08-07',
  'gen_ai.response.id': 'chatcmpl-CKf3bBYGhzx2tQcJb7aVYjNwfN5Jq',
  'gen_ai.response.finish_reasons': ['stop'],
  'gen_ai.usage.input_tokens': 812,
  'gen_ai.usage.output_tokens': 214,
  'gen_ai.output.type': 'text',
  'server.address': 'api.openai.com',
  'server.port': 443,
  'brownout.use_case': 'ticket-answer',
  'brownout.transport': 'up',
  'brownout.attempts': 1,
  'brownout.stream.max_gap': 0.182,
  'brownout.provider.request_ids': ['req_0c9d1f5e4b7a4c6f9e2d8b3a5c7f1e0d'],
} as const;
const VERDICTS = {
  usable: { 'brownout.verdict': 'usable', 'brownout.reason': 'ok', 'brownout.fault': 'none' },
  unusable: {
    'brownout.verdict': 'unusable',
    'brownout.reason': 'stalled',
    'brownout.fault': 'vendor',
    'brownout.anomalies': ['stalled'],
    'error.type': 'stalled',
  },
} as const;
const ATTEMPT = {
  'http.request.method': 'POST',
  'http.response.status_code': 200,
  'url.full': 'https://api.openai.com/v1/chat/completions',
  'server.address': 'api.openai.com',
  'server.port': 443,
} as const;
const SERVER = {
  'http.request.method': 'POST',
  'http.route': '/tickets',
  'http.response.status_code': 200,
  'url.path': '/tickets',
  'url.scheme': 'http',
  'server.address': 'support.internal',
  'user_agent.original': 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36',
  'network.protocol.version': '1.1',
} as const;

const ID_BYTES = { trace: 16, span: 8 } as const;

export function makeBatch({ traces, badShare, holds = 'all spans' }: BatchOptions): Batch {
  const exporter = new InMemorySpanExporter();
  const provider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] });
  const tracer = provider.getTracer('@brownout/instrumentation', '0.1.0');
  for (let index = 0; index < traces; index += 1) {
    // Spread evenly: one in a hundred is the last of a hundred.
    const isBad = Math.floor((index + 1) * badShare) > Math.floor(index * badShare);
    const root = tracer.startSpan('POST /tickets', { kind: SpanKind.SERVER, attributes: SERVER });
    if (holds === 'the root alone') {
      root.end();
      continue;
    }
    const inRoot = trace.setSpan(context.active(), root);
    const verdict = VERDICTS[isBad ? 'unusable' : 'usable'];
    const call = tracer.startSpan(
      'chat gpt-5-mini',
      { kind: SpanKind.CLIENT, attributes: { ...CALL, ...verdict } },
      inRoot,
    );
    const attempt = tracer.startSpan(
      'POST',
      { kind: SpanKind.CLIENT, attributes: ATTEMPT },
      trace.setSpan(inRoot, call),
    );
    attempt.end();
    if (isBad) call.setStatus({ code: SpanStatusCode.ERROR, message: 'stalled' });
    call.end();
    if (holds === 'all spans') root.end();
  }
  const spans = exporter.getFinishedSpans();
  const bytes = Buffer.from(ProtobufTraceSerializer.serializeRequest([...spans]) ?? []);
  // The second half of a trace's id is drawn anew: samplers decide and remember by it. The rest, and ids of spans, may stay.
  const places = [...new Set(spans.map((span) => span.spanContext().traceId))].map((id) => placesOf(bytes, id));
  const fresh = Buffer.alloc(ID_BYTES.span);
  return {
    spans: spans.length,
    next() {
      for (const offsets of places) {
        randomFillSync(fresh);
        for (const offset of offsets) fresh.copy(bytes, offset + ID_BYTES.trace - fresh.length);
      }
      return bytes;
    },
  };
}

function placesOf(bytes: Buffer, id: string): readonly number[] {
  const wanted = Buffer.from(id, 'hex');
  const offsets: number[] = [];
  for (let at = bytes.indexOf(wanted); at >= 0; at = bytes.indexOf(wanted, at + 1)) offsets.push(at);
  return offsets;
}
