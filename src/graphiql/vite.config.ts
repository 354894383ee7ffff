import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

/** GraphiQL as one page that loads nothing from elsewhere; served at GET /graphql, its files under /graphiql-assets/. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: '/graphiql-assets/',
  logLevel: 'warn',
  build: {
    outDir: fileURLToPath(new URL('../../dist/graphiql', import.meta.url)),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 5000,
    rolldownOptions: {
      // "use client" means something to servers that render React, of which there is none here.
      onwarn: (warning, warn) => (warning.code === 'MODULE_LEVEL_DIRECTIVE' ? undefined : warn(warning)),
    },
  },
});
