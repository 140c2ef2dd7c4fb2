import type { AttributeRow } from '../attribute.ts';

/** Stable OpenTelemetry attributes that are not about models. */
export const GENERAL_ATTRIBUTES = {
  errorType: {
    key: 'error.type',
    type: 'string',
    description:
      "Why it failed: the provider's own code where there is one (`rate_limit_exceeded`, `overloaded_error`), else the status code, else the error's class. Absent on success.",
  },
  serverAddress: { key: 'server.address', type: 'string', description: 'Host that the request was sent to.' },
  serverPort: { key: 'server.port', type: 'int', description: 'Port that the request was sent to.' },
  httpRequestMethod: { key: 'http.request.method', type: 'string', description: 'HTTP method of the attempt.' },
  httpResponseStatusCode: {
    key: 'http.response.status_code',
    type: 'int',
    description: 'HTTP status code of the attempt; absent where no status line came.',
  },
  httpRequestResendCount: {
    key: 'http.request.resend_count',
    type: 'int',
    description: 'How often this request had been sent before; absent on a first attempt.',
  },
  urlFull: {
    key: 'url.full',
    type: 'string',
    description: 'Absolute URL of the attempt, without credentials and without its query.',
  },
  exceptionType: { key: 'exception.type', type: 'string', description: "The error's class." },
  exceptionMessage: { key: 'exception.message', type: 'string', description: "The error's message." },
  exceptionStacktrace: { key: 'exception.stacktrace', type: 'string', description: "The error's stack." },
} as const satisfies Readonly<Record<string, AttributeRow>>;
