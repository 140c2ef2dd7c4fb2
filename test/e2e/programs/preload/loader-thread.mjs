import { register } from 'node:module';

// Starts Node's loader thread, on which Node runs --require once more.
register('data:text/javascript,export {}');
console.log((await import('./dependency.mjs')).default);
