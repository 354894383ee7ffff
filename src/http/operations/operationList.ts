import { type DocumentNode, parse } from 'graphql';
import { JuaraError } from '../../domain/errors.js';
import { operationId } from './normalisedText.js';

/** The documents that a server with JUARA_OPERATIONS=listed executes, and no others. */
export class OperationList {
  private readonly texts = new Map<string, string>();

  /** By ids of the lister's own choice; each document is also known by `operationId`. Throws graphql-js' GraphQLError of a malformed one. */
  constructor(documents: Readonly<Record<string, string>>) {
    for (const [id, text] of Object.entries(documents)) {
      this.texts.set(id, text);
      this.texts.set(operationId(parse(text)), text);
    }
  }

  /** Null where the document is listed. */
  refusal(document: DocumentNode): JuaraError | null {
    const id = operationId(document);
    return this.texts.has(id) ? null : notListed(id);
  }

  /** Throws OPERATION_NOT_LISTED. */
  text(id: string): string {
    const text = this.texts.get(id);
    if (text === undefined) throw notListed(id);
    return text;
  }
}

function notListed(id: string): JuaraError {
  const wayOut = 'add its document to JUARA_OPERATIONS_FILE and start the server again, or set JUARA_OPERATIONS=any';
  return new JuaraError(
    'OPERATION_NOT_LISTED',
    `this server executes listed operations only, and ${id.slice(0, 64)} is not one: ${wayOut}`,
  );
}
