import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { FastifyBaseLogger } from 'fastify';
import { JuaraError } from '../domain/errors.js';
import type { JuaraContext } from '../graphql/context.js';
import type { FormatClientError } from './clientErrors.js';
import { hidesSuggestions, parseOptions, validationRules } from './executionRules.js';
import type { HttpParts } from './httpParts.js';
import { OperationGate } from './limits/operationGate.js';
import { asGraphQLError } from './limits/refusingRule.js';

/** All that Apollo would turn on by its own environment variables, or that would wrap every field of every answer. */
const NOTHING_MORE = (): ApolloServerPlugin<JuaraContext>[] => [
  ApolloServerPluginUsageReportingDisabled(),
  ApolloServerPluginSchemaReportingDisabled(),
  ApolloServerPluginInlineTraceDisabled(),
  ApolloServerPluginCacheControlDisabled(),
  ApolloServerPluginLandingPageDisabled(),
];

/** Asks the gate once Apollo knows which operation of the document it is. */
function gatePlugin(gate: OperationGate): ApolloServerPlugin<JuaraContext> {
  return {
    requestDidStart: async () => ({
      async didResolveOperation({ document, request }) {
        try {
          gate.check(document, request.operationName, request.variables);
        } catch (error) {
          throw error instanceof JuaraError ? asGraphQLError(error) : error;
        }
      },
    }),
  };
}

/** GraphQL over HTTP (graphql.github.io/graphql-over-http): POST, and GET for queries. Started; stop() ends it. */
export async function createApollo(
  parts: Pick<HttpParts, 'config' | 'schema'>,
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
    plugins: [...NOTHING_MORE(), gatePlugin(new OperationGate(parts))],
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
