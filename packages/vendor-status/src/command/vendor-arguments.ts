import type { Vendor } from '../vendors.ts';

/** A mistake in what was asked for; its message is for people. */
export class UsageError extends Error {}

/** Reads `name`, or `name=url` where the same page is to be read at another address. */
function readVendor(text: string, vendors: readonly Vendor[]): Vendor {
  const [, name, url] = /^([^=]*)(?:=(.*))?$/s.exec(text) ?? [];
  const vendor = vendors.find((candidate) => candidate.name === name);
  if (vendor === undefined) throw new UsageError(`There is no vendor "${name}". Known are ${namesOf(vendors)}.`);
  if (url === undefined) return vendor;
  if (!URL.canParse(url)) throw new UsageError(`"${url}" is no URL.`);
  // All documents are there, also those that the vendor itself keeps elsewhere.
  return { ...vendor, url: url.replace(/\/$/, ''), elsewhere: {} };
}

/** The vendors that are named, or all. */
export const readVendors = (texts: readonly string[], vendors: readonly Vendor[]): readonly Vendor[] =>
  texts.length === 0 ? vendors : texts.map((text) => readVendor(text, vendors));

/** What is said of a vendor, or of a provider (`gen_ai.provider.name`): that part of each page that backs its API. */
export function readSubject(text: string, vendors: readonly Vendor[]): readonly Vendor[] {
  const backing = vendors.flatMap((vendor) => {
    const components = vendor.components.filter(({ provider }) => provider === text);
    return components.length === 0 ? [] : [{ ...vendor, components }];
  });
  const isName = vendors.some(({ name }) => name === text);
  return isName || backing.length === 0 ? [readVendor(text, vendors)] : backing;
}

export const namesOf = (vendors: readonly Vendor[]): string => vendors.map(({ name }) => name).join(', ');
