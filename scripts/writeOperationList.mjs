// Every document of the client (and so of the command line) and of the dashboard, by its id, for servers that execute listed operations
// only: src/client and src/dashboard/api/operations/*.graphql -> dist/operations.json
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { concatAST, parse, print, separateOperations } from 'graphql';
import '../dist/src/client/createClient.js';
import { everyOperation } from '../dist/src/client/operation.js';
import { operationId } from '../dist/src/http/operations/normalisedText.js';

const OPERATIONS = 'src/dashboard/api/operations';
const names = (await readdir(OPERATIONS)).filter((name) => name.endsWith('.graphql'));
const files = await Promise.all(names.map(async (name) => parse(await readFile(join(OPERATIONS, name), 'utf8'))));
const documents = [...everyOperation().map((text) => parse(text)), ...Object.values(separateOperations(concatAST(files)))];
const listed = Object.fromEntries(documents.map((document) => [operationId(document), print(document)]));
await writeFile('dist/operations.json', `${JSON.stringify(listed, null, 2)}\n`);
