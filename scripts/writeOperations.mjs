// Types of the dashboard's operations, from the emitted schema: src/dashboard/api/operations/*.graphql -> src/dashboard/api/generated/operations.ts
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { codegen } from '@graphql-codegen/core';
import * as typedDocumentNode from '@graphql-codegen/typed-document-node';
import * as typescriptOperations from '@graphql-codegen/typescript-operations';
import { parse } from 'graphql';

const OPERATIONS = 'src/dashboard/api/operations';
const FOLDER = 'src/dashboard/api/generated';
const scalars = { DateTime: 'string', JSON: 'unknown', SemVer: 'string', Sha256: 'string', Cursor: 'string' };

const names = (await readdir(OPERATIONS)).filter((name) => name.endsWith('.graphql')).sort();
const documents = await Promise.all(
  names.map(async (name) => ({ location: name, document: parse(await readFile(join(OPERATIONS, name), 'utf8')) })),
);
const output = await codegen({
  filename: 'operations.ts',
  schema: parse(await readFile('schema/schema.graphql', 'utf8')),
  documents,
  config: {
    scalars,
    enumsAsTypes: true,
    immutableTypes: true,
    avoidOptionals: { field: true },
    skipTypename: true,
    useTypeImports: true,
    onlyOperationTypes: true,
  },
  plugins: [{ typescriptOperations: {} }, { typedDocumentNode: {} }],
  pluginMap: { typescriptOperations, typedDocumentNode },
});
await mkdir(FOLDER, { recursive: true });
await writeFile(join(FOLDER, 'operations.ts'), `// Written by scripts/writeOperations.mjs.\n${output}`);
