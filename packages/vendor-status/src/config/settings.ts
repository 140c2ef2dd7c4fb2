import type { Backing } from '../coverage.ts';
import type { Vendor } from '../vendors.ts';
import type { Config, VendorConfig } from './config-schema.ts';

/** What a config file asks for. */
export interface Settings {
  readonly vendors: readonly Vendor[];
  /** How often each page is read, in milliseconds. */
  readonly paceMs?: number;
}

/** What is wrong with one place of a config file. */
export interface Problem {
  readonly path: readonly (string | number)[];
  /** The key is wrong, not its value. */
  readonly atKey?: boolean;
  readonly text: string;
}

type Result =
  | { readonly kind: 'settings'; readonly settings: Settings }
  | { readonly kind: 'problems'; readonly problems: readonly Problem[] };

/** Puts what a config file says on the vendors that are known. */
export function settingsOf({ pace, only, vendors = {} }: Config, known: readonly Vendor[]): Result {
  const problems: Problem[] = [];
  const all = new Map<string, Vendor>(known.map((vendor) => [vendor.name, vendor]));
  for (const [name, config] of Object.entries(vendors)) {
    const vendor = vendorOf(name, config, all.get(name));
    if (typeof vendor === 'string') problems.push({ path: ['vendors', name], atKey: true, text: vendor });
    else all.set(name, vendor);
  }
  const chosen: Vendor[] = [];
  for (const [index, name] of (only ?? [...all.keys()]).entries()) {
    const vendor = all.get(name);
    if (vendor !== undefined) chosen.push(vendor);
    else if (!Object.hasOwn(vendors, name)) {
      problems.push({
        path: ['only', index],
        text: `there is no vendor ${name}; there are ${[...all.keys()].join(', ')}`,
      });
    }
  }
  if (problems.length > 0) return { kind: 'problems', problems };
  return { kind: 'settings', settings: { vendors: chosen, ...(pace === undefined ? {} : { paceMs: pace }) } };
}

/** A vendor of its own, or changes to a known one; else what is missing. */
function vendorOf(name: string, config: VendorConfig, known: Vendor | undefined): Vendor | string {
  const { format = known?.format, url = known?.url } = config;
  const components = config.components === undefined ? known?.components : backingOf(config.components);
  if (format === undefined || url === undefined || components === undefined) {
    const missing = Object.entries({ format, url, components }).flatMap(([key, value]) =>
      value === undefined ? [key] : [],
    );
    return `${missing.join(', ')} missing: it is not one of the vendors that are known, so all of it has to be said`;
  }
  const ignored = config.ignored ?? known?.ignored;
  const staleAfterMs = config.staleAfter ?? known?.staleAfterMs;
  // A page at another address has all of its documents there.
  const elsewhere = config.url === undefined && config.format === undefined ? known?.elsewhere : undefined;
  return {
    name,
    format,
    url: format === 'feed' || format === 'azure' ? url : url.replace(/\/$/, ''),
    components,
    ...(ignored === undefined ? {} : { ignored }),
    ...(staleAfterMs === undefined ? {} : { staleAfterMs }),
    ...(elsewhere === undefined ? {} : { elsewhere }),
  };
}

const backingOf = (components: Readonly<Record<string, readonly string[]>>): readonly Backing[] =>
  Object.entries(components).flatMap(([provider, names]) => names.map((component) => ({ component, provider })));
