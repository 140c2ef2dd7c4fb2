// node run.mjs <package of the SDK> <table,table,...>: ECMAScript modules
import runner from './run-tables.cjs';

const [packageName, tables] = process.argv.slice(2);
await runner.runTables(await import(packageName), packageName, tables);
