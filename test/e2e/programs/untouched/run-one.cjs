'use strict';
// node run-one.cjs <package of the SDK> <operation> <title>: one program of `exits.cjs`, with nothing around it that could catch
const exits = require('./exits.cjs');
const { createToolbox } = require('./toolbox.cjs');
const { surfaces } = require('./surfaces.cjs');

const [packageName, operation, title] = process.argv.slice(2);
const toolbox = createToolbox(require(packageName), packageName, operation, title);
const rerun = [__filename, { argv: process.argv.slice(2) }];
exits[title]({ ...toolbox, surface: surfaces[operation], rerun });
