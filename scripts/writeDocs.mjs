// Writes the documents that are generated from code. Run after `npm run build:server`.
import { writeFileSync } from 'node:fs';
import { ERROR_CODES } from '../dist/src/domain/errors.js';
import { errorsPage } from './errorsPage.mjs';

writeFileSync(new URL('../docs/errors.md', import.meta.url), errorsPage(ERROR_CODES));
