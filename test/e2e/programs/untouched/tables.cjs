'use strict';
const { surfaces, families, familyOf } = require('./surfaces.cjs');
const { failurePrograms, retryPrograms } = require('./failures.cjs');

const faults = Object.fromEntries(
  (process.env.SIMULATOR_FAULTS ?? '')
    .split(',')
    .filter(Boolean)
    .map((name) => [name, true]),
);

/** Which programs there are, and whether they are run once for each operation or once for the SDK. */
const tables = {
  calls: { each: 'operation', programs: require('./calls.cjs') },
  streams: { each: 'operation', programs: require('./streams.cjs') },
  aborts: { each: 'operation', programs: require('./aborts.cjs') },
  retries: { each: 'operation', programs: retryPrograms },
  failures: { each: 'operation', programs: failurePrograms(faults) },
  fetches: { each: 'operation', programs: require('./fetches.cjs') },
  'raw-fetch': { each: 'operation', programs: require('./raw-fetch.cjs') },
  'openai-helpers': { each: 'sdk', family: 'openai', programs: require('./openai-helpers.cjs') },
  'anthropic-helpers': { each: 'sdk', family: 'anthropic', programs: require('./anthropic-helpers.cjs') },
};

const usesStream = (program) => /\bstream\b/.test(/^async \(\{(.*?)\}\)/s.exec(program.toString())?.[1] ?? '');

/** The programs of a table that apply to an SDK, with their titles. */
const programsFor = (tableName, packageName) => {
  const { each, family, programs } = tables[tableName];
  if (family !== undefined && family !== familyOf(packageName)) return [];
  const operations = each === 'sdk' ? [undefined] : families[familyOf(packageName)].surfaces;
  return operations.flatMap((operation) =>
    Object.entries(programs)
      .filter(([, program]) => operation === undefined || surfaces[operation].streams || !usesStream(program))
      .map(([title, program]) => ({ operation, title, program })),
  );
};

module.exports = { tables, programsFor };
