'use strict';
const { createHash } = require('node:crypto');
const { subscribe, unsubscribe } = require('node:diagnostics_channel');
const { surfaces, families, familyOf } = require('./surfaces.cjs');

const simulator = process.env.SIMULATOR_URL;

/** The path prefix that asks the simulator for a fault; `id` gives each program counters of its own. */
const pathOf = ({ fault, params } = {}, id) =>
  fault === undefined
    ? ''
    : `/~${fault}${Object.entries({ ...params, id })
        .map(([name, value]) => `;${name}=${value}`)
        .join('')}`;

/**
 * Resolves when so many requests with that text in their path have come that far: programs wait for what happens and not
 * for a time, because a busy machine takes its own. These are Node's own channels; the `fetch` is not touched.
 */
const reached = (channel, text, count) =>
  new Promise((resolve) => {
    let left = count;
    const onMessage = ({ request }) => {
      if (!request.path.includes(text) || --left > 0) return;
      unsubscribe(channel, onMessage);
      resolve();
    };
    subscribe(channel, onMessage);
  });

const withExtra = (params, extra) =>
  extra === undefined || Object.keys(extra).length === 0 ? params : Object.freeze({ ...params, ...extra });

/**
 * What a program is given: clients that are set up as a user would, and the operation that it is run for. Every program
 * has an API key of its own, by which the test tells whose requests are whose.
 */
const createToolbox = (sdk, packageName, surfaceName, title, say = console.error) => {
  const family = families[familyOf(packageName)];
  const surface = surfaces[surfaceName];
  const Client = sdk.default ?? sdk;
  const apiKey = `sk-${createHash('sha256').update(`${packageName} ${surfaceName} ${title}`).digest('hex').slice(0, 16)}`;
  const call = (client, extra, options) => surface.call(client, withExtra(surface.params, extra), options);
  const headers = {
    'content-type': 'application/json',
    authorization: `Bearer ${apiKey}`,
    'anthropic-version': '2023-06-01',
  };
  const log =
    (level) =>
    (...values) =>
      void say('log', level, ...values);
  const logger = { error: log('error'), warn: log('warn'), info: log('info'), debug: log('debug') };
  return {
    sdk,
    Client,
    call,
    /** Resolves when the program's requests for a fault, that many of them, are on their way. */
    sent: (count = 1) => reached('undici:request:bodySent', apiKey, count),
    /** Resolves when the first of them has got its status line. */
    answered: () => reached('undici:request:headers', apiKey, 1),
    stream: (client, extra, options) => call(client, { ...extra, stream: true }, options),
    client: ({ fault, params, options, Class = Client } = {}) =>
      new Class({
        apiKey,
        logger,
        baseURL: `${simulator}${pathOf({ fault, params }, apiKey)}${family.basePath}`,
        ...options,
      }),
    raw: surface && {
      url: (fault) => `${simulator}${pathOf(fault, apiKey)}${surface.path}`,
      init: () => ({ method: 'POST', headers: { ...headers } }),
      text: JSON.stringify(surface.params),
      streamText: JSON.stringify({ ...surface.params, stream: true }),
    },
  };
};

module.exports = { createToolbox };
