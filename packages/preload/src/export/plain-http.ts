import type { request as httpRequest } from 'node:http';
import type { request as httpsRequest } from 'node:https';

interface PlainHttp {
  readonly http: typeof httpRequest;
  readonly https: typeof httpsRequest;
}

let captured: PlainHttp | undefined;

/**
 * Node's request functions as they were at the first call, which is before the HTTP instrumentation wraps them: no
 * export is ever traced or measured.
 */
export function plainHttp(): PlainHttp {
  captured ??= {
    http: process.getBuiltinModule('node:http').request,
    https: process.getBuiltinModule('node:https').request,
  };
  return captured;
}
