import { InvalidArgumentError } from 'commander';
import type { Vendor } from '../vendors.ts';

/** Reads `name`, or `name=url` where the same page is to be read at another address. */
export const readVendor =
  (vendors: readonly Vendor[]) =>
  (text: string): Vendor => {
    const [, name, url] = /^([^=]*)(?:=(.*))?$/s.exec(text) ?? [];
    const vendor = vendors.find((candidate) => candidate.name === name);
    if (vendor === undefined) throw new InvalidArgumentError(`Known are ${vendors.map((row) => row.name).join(', ')}.`);
    if (url === undefined) return vendor;
    if (!URL.canParse(url)) throw new InvalidArgumentError(`"${url}" is no URL.`);
    // All documents are there, also those that the vendor itself keeps elsewhere.
    return { ...vendor, url: url.replace(/\/$/, ''), elsewhere: {} };
  };

/** Collects several of them. */
export const readVendors =
  (vendors: readonly Vendor[]) =>
  (text: string, before: readonly Vendor[]): readonly Vendor[] => [
    ...(before === vendors ? [] : before),
    readVendor(vendors)(text),
  ];
