// node run-one.mjs <package of the SDK> <operation> <title>: the same as run-one.cjs, for ECMAScript modules
import exits from './exits.cjs';
import { surfaces } from './surfaces.cjs';
import { createToolbox } from './toolbox.cjs';

const [packageName, operation, title] = process.argv.slice(2);
const toolbox = createToolbox(await import(packageName), packageName, operation, title);
const rerun = [new URL(import.meta.url), { argv: process.argv.slice(2) }];
await exits[title]({ ...toolbox, surface: surfaces[operation], rerun });
