import { SpanStatusCode, trace } from '@opentelemetry/api';

/**
 * The tool that models may call: asks the service that knows where orders are. It has the span that OpenTelemetry's
 * conventions give to tools, by which its time is told apart from the application's own.
 */
export function lookUpOrder(ordersUrl: string, order: string): Promise<string> {
  const attributes = { 'gen_ai.operation.name': 'execute_tool', 'gen_ai.tool.name': 'look_up_order' };
  return trace.getTracer('order-desk').startActiveSpan('execute_tool look_up_order', { attributes }, async (span) => {
    try {
      const response = await fetch(`${ordersUrl}/orders/${encodeURIComponent(order)}`);
      return await response.text();
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR });
      throw error;
    } finally {
      span.end();
    }
  });
}
