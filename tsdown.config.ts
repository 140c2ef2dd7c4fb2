import { defineConfig } from 'tsdown';

/**
 * Every package is built the same way: ESM and CommonJS side by side, one output file per source file,
 * because `--require` loads CommonJS and an application's own `import` loads ESM.
 */
export default defineConfig({
  workspace: 'packages/*',
  entry: 'src/index.ts',
  format: ['esm', 'cjs'],
  platform: 'node',
  target: 'node22.15',
  unbundle: true,
  dts: true,
  sourcemap: true,
  clean: true,
  // Without it the CommonJS files would be sloppy: a wrapper called without `this` would hand `globalThis` on.
  outputOptions: { strict: true },
});
