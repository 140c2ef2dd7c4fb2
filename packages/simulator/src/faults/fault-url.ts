import type { FaultName } from './catalogue.ts';
import type { ParameterValue, ParameterValues } from './fault.ts';
import { readyFault, type ReadyFault } from './parameters.ts';

/**
 * The base URL at which every request gets one fault: `http://127.0.0.1:43210/~stall;afterChunks=3`.
 * Give it `simulator.url` for Anthropic's SDK, and `${simulator.url}/v1` (or add `/v1` to the result) for OpenAI's.
 * Throws where the fault has no such parameter or the value does not fit.
 */
export function faultUrl(url: string, fault: FaultName, parameters: ParameterValues = {}): string {
  readyFault(fault, parameters);
  const { origin, pathname } = new URL(url);
  const pairs = Object.entries(parameters).map(
    ([key, value]) => `;${encodeURIComponent(key)}=${encodeURIComponent(String(value))}`,
  );
  return `${origin}/~${fault}${pairs.join('')}${pathname === '/' ? '' : pathname.replace(/\/$/, '')}`;
}

/** Splits `/~name;key=value/v1/…` into its prefix (`null` where there is none) and the ordinary path. */
export function splitPath(path: string): { readonly prefix: string | null; readonly path: string } {
  const match = /^\/(~[^/]*)(\/.*|$)/.exec(path);
  return match === null ? { prefix: null, path } : { prefix: match[1] ?? '', path: match[2] || '/' };
}

/** Reads `name;key=value;key=value`, as a path prefix (after its tilde) or on the command line. Throws like `readyFault`. */
export function parseFault(text: string): ReadyFault {
  const [name = '', ...pairs] = text.split(';');
  const parameters = pairs
    .filter((pair) => pair !== '')
    .map((pair): [string, ParameterValue] => {
      const equals = pair.indexOf('=');
      if (equals < 1) throw new Error(`fault "${name}": "${pair}" is not of the form key=value`);
      return [decode(pair.slice(0, equals)), decode(pair.slice(equals + 1))];
    });
  return readyFault(decode(name), Object.fromEntries(parameters));
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
