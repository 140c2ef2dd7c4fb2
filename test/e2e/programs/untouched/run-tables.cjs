'use strict';
const { createToolbox } = require('./toolbox.cjs');
const { programsFor } = require('./tables.cjs');
const { runAll } = require('./transcript.cjs');

const WIDTH = 12;

/** Runs all programs of some tables for one SDK and prints one transcript for each. */
const runTables = async (sdk, packageName, tableNames) => {
  const programs = tableNames.split(',').flatMap((table) =>
    programsFor(table, packageName).map(({ operation, title, program }) => ({
      title: `${packageName} ${operation ?? table}: ${title}`,
      run: (transcript) =>
        program({ ...transcript, ...createToolbox(sdk, packageName, operation, title, transcript.say) }),
    })),
  );
  await runAll(programs, WIDTH);
};

module.exports = { runTables };
