import { createRequire } from 'node:module';

/**
 * Loads a package synchronously, at the moment it is needed, always in its CommonJS form: an application must not wait
 * for a package that its configuration never uses, and both builds of the preload must share one copy of the SDK.
 */
export const load = createRequire(import.meta.url);
