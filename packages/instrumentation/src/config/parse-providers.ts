import type { HostDialect, Read } from './config.ts';
import { VALUE_TYPES } from './value-types.ts';

/** Reads `host=dialect[:provider]`, comma separated. A bad entry is named and left out; the others count. */
export function parseProviders(variable: string, text: string): Read<ReadonlyMap<string, HostDialect>> {
  const settings = new Map<string, HostDialect>();
  const problems: string[] = [];
  for (const entry of text.split(',').map((part) => part.trim())) {
    if (entry === '') continue;
    const { host, dialect, provider } =
      /^(?<host>[^=]*)=(?<dialect>[^:]*)(?::(?<provider>.*))?$/.exec(entry)?.groups ?? {};
    const knownHost = VALUE_TYPES.host.parse(host);
    const knownDialect = VALUE_TYPES.dialect.parse(dialect);
    if (dialect === undefined) problems.push(`"${entry}" is not host=dialect[:provider]`);
    else if (knownHost === undefined) problems.push(`"${host}" is not ${VALUE_TYPES.host.expected}`);
    else if (knownDialect === undefined) problems.push(`"${dialect}" is not ${VALUE_TYPES.dialect.expected}`);
    else settings.set(knownHost, { dialect: knownDialect, ...(provider ? { provider: provider.trim() } : {}) });
  }
  return { settings, problems: problems.map((problem) => `${variable}: ${problem}; this entry is ignored.`) };
}
