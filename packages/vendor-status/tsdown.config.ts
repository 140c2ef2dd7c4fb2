import { defineConfig } from 'tsdown';

/** The command is an entry of its own, so that the library does not load what only the command needs. */
export default defineConfig({ entry: ['src/index.ts', 'src/bin.ts'] });
