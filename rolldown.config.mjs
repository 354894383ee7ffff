// Puts the compiled server into a few files: Node opens and links two thousand modules otherwise, which is half of its start-up time
// and a quarter of its memory (docs/adr/0007-bundled-server.md). Native packages and the children's entries stay files of their own.
const shim = `import { fileURLToPath as __toPath } from 'node:url'; import { dirname as __toFolder } from 'node:path';
const __filename = __toPath(import.meta.url); const __dirname = __toFolder(__filename);`;

// biome-ignore lint/style/noDefaultExport: rolldown reads the default export.
export default {
  input: {
    bin: 'dist/src/bin.js',
    'scoring/inspectChild': 'dist/src/scoring/inspectChild.js',
    'scoring/benchmark/scanChild': 'dist/src/scoring/benchmark/scanChild.js',
    'scoring/evaluation/evaluateChild': 'dist/src/scoring/evaluation/evaluateChild.js',
    'scoring/evaluation/readerThread': 'dist/src/scoring/evaluation/readerThread.js',
    'scoring/evaluation/recorderThread': 'dist/src/scoring/evaluation/recorderThread.js',
    'scoring/threads/scoringThread': 'dist/src/scoring/threads/scoringThread.js',
    'scoring/predict/predictChild': 'dist/src/scoring/predict/predictChild.js',
  },
  platform: 'node',
  external: ['sqlite3', 'pg', 'pg-native', 'onnxruntime-node', 'piscina'],
  // Packages that TypeORM would load if they were there: other databases' drivers.
  logLevel: 'silent',
  output: {
    dir: 'dist/bundle',
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: '[name]-[hash].js',
    keepNames: true,
    banner: shim,
    cleanDir: true,
  },
};
