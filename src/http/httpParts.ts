import type { GraphQLSchema } from 'graphql';
import type { Config } from '../config.js';
import type { Deps, Feed } from '../ports.js';
import type { Authenticate } from './authenticate.js';
import type { OperationList } from './operations/operationList.js';
import type { TokenWatch } from './tokenWatch.js';

/** What the transport is given by the composition root. */
export interface HttpParts {
  readonly config: Config;
  readonly deps: Deps;
  readonly feed: Feed;
  readonly schema: GraphQLSchema;
  readonly authenticate: Authenticate;
  readonly watch: TokenWatch;
  /** The operations that may be executed; null: any. */
  readonly operations: OperationList | null;
  /** Folders of the built pages. */
  readonly pages: { readonly dashboard: string; readonly graphiql: string };
}
