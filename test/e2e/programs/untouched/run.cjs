'use strict';
// node run.cjs <package of the SDK> <table,table,...>: CommonJS applications
const { runTables } = require('./run-tables.cjs');

const [packageName, tables] = process.argv.slice(2);
void runTables(require(packageName), packageName, tables);
