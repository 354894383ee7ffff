import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { FastifyBaseLogger } from 'fastify';
import { GraphQLError } from 'graphql';
import { JuaraError } from '../domain/errors.js';
import type { JuaraContext } from '../graphql/context.js';
import type { FormatClientError } from './clientErrors.js';
import { hidesSuggestions, parseOptions, validationRules } from './executionRules.js';
import type { HttpParts } from './httpParts.js';
import { OperationGate } from './limits/operationGate.js';
import { asGraphQLError } from './limits/refusingRule.js';
import { askedId } from './operations/askedId.js';

/** All that Apollo would turn on by its own environment variables, or that would wrap every field of every answer. */
const NOTHING_MORE = (): ApolloServerPlugin<JuaraContext>[] => [
  ApolloServerPluginUsageReportingDisabled(),
  ApolloServerPluginSchemaReportingDisabled(),
  ApolloServerPluginInlineTraceDisabled(),
  ApolloServerPluginCacheControlDisabled(),
  ApolloServerPluginLandingPageDisabled(),
];

function noSubscriptions(): GraphQLError {
  const message = 'subscriptions go over a WebSocket (graphql-transport-ws) at this address';
  return new GraphQLError(message, { extensions: { code: 'BAD_REQUEST', http: { status: 400 } } });
}

/** Puts a listed document where its id was sent, and asks the gate once Apollo knows which operation of the document it is. */
function gatePlugin(gate: OperationGate, operations: HttpParts['operations']): ApolloServerPlugin<JuaraContext> {
  return {
    async requestDidStart({ request }) {
      if (operations !== null) {
        const id = askedId(request);
        if (id !== null) request.query = operations.text(id);
        delete request.extensions?.persistedQuery;
      }
      return {
        async didResolveOperation({ document, operation }) {
          if (operation?.operation === 'subscription') throw noSubscriptions();
          try {
            gate.check(document, request.operationName, request.variables);
          } catch (error) {
            throw error instanceof JuaraError ? asGraphQLError(error) : error;
          }
        },
      };
    },
  };
}

/** GraphQL over HTTP (graphql.github.io/graphql-over-http): POST, and GET for queries. Started; stop() ends it. */
export async function createApollo(
  parts: Pick<HttpParts, 'config' | 'schema' | 'operations'>,
  format: FormatClientError,
  log: FastifyBaseLogger,
): Promise<ApolloServer<JuaraContext>> {
  const { config, schema } = parts;
  const apollo = new ApolloServer<JuaraContext>({
    schema,
    formatError: format,
    logger: {
      debug: (m) => log.debug(m),
      info: (m) => log.info(m),
      warn: (m) => log.warn(m),
      error: (m) => log.error(m),
    },
    plugins: [...NOTHING_MORE(), gatePlugin(new OperationGate(parts), parts.operations)],
    parseOptions: parseOptions(config),
    validationRules: [...validationRules(parts)],
    validationOptions: { hideSuggestions: hidesSuggestions(config.env) },
    // Introspection is refused by the shared rules; Apollo's own rule would name it in another way than the WebSocket does.
    introspection: true,
    includeStacktraceInErrorResponses: false,
    allowBatchedHttpRequests: false,
    csrfPrevention: true,
    persistedQueries: false,
    stopOnTerminationSignals: false,
    nodeEnv: 'production',
  });
  await apollo.start();
  return apollo;
}
