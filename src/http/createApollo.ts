import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { FastifyBaseLogger } from 'fastify';
import type { JuaraContext } from '../graphql/context.js';
import type { FormatClientError } from './clientErrors.js';
import { PARSE_OPTIONS, validationRules } from './executionRules.js';
import type { HttpParts } from './httpParts.js';

/** All that Apollo would turn on by its own environment variables, or that would wrap every field of every answer. */
const NOTHING_MORE = (): ApolloServerPlugin<JuaraContext>[] => [
  ApolloServerPluginUsageReportingDisabled(),
  ApolloServerPluginSchemaReportingDisabled(),
  ApolloServerPluginInlineTraceDisabled(),
  ApolloServerPluginCacheControlDisabled(),
  ApolloServerPluginLandingPageDisabled(),
];

/** GraphQL over HTTP (graphql.github.io/graphql-over-http): POST, and GET for queries. Started; stop() ends it. */
export async function createApollo(
  { config, schema }: Pick<HttpParts, 'config' | 'schema'>,
  format: FormatClientError,
  log: FastifyBaseLogger,
): Promise<ApolloServer<JuaraContext>> {
  const apollo = new ApolloServer<JuaraContext>({
    schema,
    formatError: format,
    logger: {
      debug: (m) => log.debug(m),
      info: (m) => log.info(m),
      warn: (m) => log.warn(m),
      error: (m) => log.error(m),
    },
    plugins: NOTHING_MORE(),
    parseOptions: PARSE_OPTIONS,
    validationRules: [...validationRules(config.env)],
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
