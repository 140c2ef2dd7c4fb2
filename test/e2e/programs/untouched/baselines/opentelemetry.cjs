'use strict';
// An application with OpenTelemetry and without us: the Anthropic SDK makes a span of its own wherever a tracer is set up.
const { NodeSDK } = require('@opentelemetry/sdk-node');

new NodeSDK({ instrumentations: [] }).start();
