'use strict';
const { metrics } = require('@opentelemetry/api');

// Lives long enough to be told apart by its host, also on a busy machine. Counts, and watches something that nobody may ask for any more once the program is over.
const meter = metrics.getMeter('program');
const tickets = meter.createCounter('tickets');
meter.createObservableGauge('open_tickets').addCallback((result) => {
  console.log('asked');
  result.observe(1);
});
setTimeout(() => {
  tickets.add(1, { outcome: 'answered' });
  tickets.add(2, { outcome: 'answered' });
  console.log('done');
  if (process.env.ENDING === 'throw') throw new Error('the end');
  process.exit(0);
}, 500);
