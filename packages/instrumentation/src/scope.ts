/** The instrumentation scope. The version equals the package's own; a test holds them together. */
export const SCOPE = { name: '@brownout/instrumentation', version: '0.1.0' } as const;
