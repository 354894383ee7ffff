/** docs/errors.md from the table of codes in src/domain/errors.ts. */
export function errorsPage(codes) {
  const rows = Object.entries(codes).map(([code, text]) => `| \`${code}\` | ${text} |`);
  return `# Error codes

Every error of the API carries one of these in \`extensions.code\` (GraphQL) or \`code\` (REST, exit message of the CLI). The message beside
it names what was wrong in the very request. A request that was refused has changed nothing.

| code | what it means, and the way out |
| --- | --- |
${rows.join('\n')}

GraphQL itself adds \`GRAPHQL_PARSE_FAILED\`, \`GRAPHQL_VALIDATION_FAILED\` and \`BAD_USER_INPUT\`; a fault of the server is
\`INTERNAL_SERVER_ERROR\`, without particulars: they are in the server's log.
`;
}
