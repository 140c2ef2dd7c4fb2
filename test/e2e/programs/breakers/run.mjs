import runPrograms from './programs.cjs';

const [library, program] = process.argv.slice(2);
const loaded = await import(library);
void runPrograms(library, library.startsWith('opossum') ? loaded.default : loaded, program);
