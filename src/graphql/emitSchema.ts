/** `npm run schema`: writes schema/schema.graphql in the working directory, which npm makes the project's. */
import { mkdir, writeFile } from 'node:fs/promises';
import { buildJuaraSchema } from './buildJuaraSchema.js';
import { printSdl } from './printSdl.js';

await mkdir('schema', { recursive: true });
await writeFile('schema/schema.graphql', printSdl(await buildJuaraSchema()));
