// What the operator has Node.js load before the application. It lies alone beside `preload/`, so it is CommonJS there.
require('./preload/dist/index.cjs');
