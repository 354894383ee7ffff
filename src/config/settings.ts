import { databaseUrl, durations, flag, httpsUrl, oneOf, origins, roleMap, text, wholeNumber } from './setting.js';

const MB = 1024 * 1024;

/** What the server is made of. The keys are those of Config. */
export const SERVER_SETTINGS = {
  home: text('a folder', {
    name: 'JUARA_HOME',
    default: './models',
    description: 'Folder of the registry: role folders, blobs, keys, and the SQLite database. Made on first start.',
  }),
  host: text('an address or a host name', {
    name: 'JUARA_HOST',
    default: '127.0.0.1',
    description:
      'Address to listen on. On a loopback address anyone may read without a token; elsewhere nobody may, and the server starts only with TLS (JUARA_TLS_CERT, JUARA_TLS_KEY) or behind a proxy (JUARA_BEHIND_PROXY).',
  }),
  port: wholeNumber(0, 65535, { name: 'JUARA_PORT', default: '4000', description: 'TCP port to listen on; 0 takes any free one.' }),
  tlsCert: text('a file', {
    name: 'JUARA_TLS_CERT',
    default: null,
    description: 'File with the certificate in PEM, and those between it and its CA. Together with JUARA_TLS_KEY: https and wss only.',
  }),
  tlsKey: text('a file', {
    name: 'JUARA_TLS_KEY',
    default: null,
    description: "File with the certificate's private key in PEM, without a passphrase. Read at the start only, as the certificate is.",
  }),
  databaseUrl: databaseUrl({
    name: 'JUARA_DATABASE_URL',
    default: 'sqlite:<JUARA_HOME>/juara.db',
    description: 'Where the registry keeps its rows.',
  }),
  artifacts: oneOf(['disk'], {
    name: 'JUARA_ARTIFACTS',
    default: 'disk',
    description: 'Where uploaded bytes are kept. `disk`: under JUARA_HOME. Other stores are not supported yet.',
  }),
  env: oneOf(['development', 'production', 'test'], {
    name: 'JUARA_ENV',
    default: 'development',
    description: 'development: the GraphiQL page and introspection are served. production: neither. test: as development, with failpoints.',
  }),
  logLevel: oneOf(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
    name: 'JUARA_LOG_LEVEL',
    default: 'warn',
    description: 'Least level of what is logged, as JSON lines on standard error. Tokens are never logged.',
  }),
  behindProxy: flag({
    name: 'JUARA_BEHIND_PROXY',
    default: 'false',
    description:
      'One reverse proxy stands in front: clients are told apart by the last X-Forwarded-For entry, and reading takes a token even on a loopback address.',
  }),
  oidcIssuer: httpsUrl({
    name: 'JUARA_OIDC_ISSUER',
    default: null,
    description: 'Identity provider whose access tokens (JWT) are let in, exactly as their claim `iss` names it.',
  }),
  oidcAudience: text('an audience', {
    name: 'JUARA_OIDC_AUDIENCE',
    default: null,
    description:
      'What the claim `aud` of an access token must hold. Required beside JUARA_OIDC_ISSUER; take one of this registry alone, not the id of a client.',
  }),
  oidcJwksUri: httpsUrl({
    name: 'JUARA_OIDC_JWKS_URI',
    default: null,
    description: "Where the provider's keys are; without it they are found at <issuer>/.well-known/openid-configuration.",
  }),
  oidcRoleClaim: text('the name of a claim', {
    name: 'JUARA_OIDC_ROLE_CLAIM',
    default: 'roles',
    description: 'Claim that JUARA_OIDC_ROLES maps: a list, or words in one text. A dotted path leads inside, e.g. `realm_access.roles`.',
  }),
  oidcRoles: roleMap({
    name: 'JUARA_OIDC_ROLES',
    default: null,
    description: 'Role for each value of the role claim; the highest counts, and without any the token is refused.',
  }),
  oidcModelsClaim: text('the name of a claim', {
    name: 'JUARA_OIDC_MODELS_CLAIM',
    default: null,
    description:
      'Claim with the models that a token is bound to; `*` in it is all of them. Once this is set, a token without it is refused.',
  }),
  oidcNameClaim: text('the name of a claim', {
    name: 'JUARA_OIDC_NAME_CLAIM',
    default: 'sub',
    description: 'Claim that names the actor in the log, behind `oidc:`. Take one that the provider never gives to another person.',
  }),
  maxFailedLogins: wholeNumber(0, 1_000_000, {
    name: 'JUARA_MAX_FAILED_LOGINS',
    default: '20',
    description:
      'Failed logins of one address (IPv6: /64) in a minute that are told why; further ones are RATE_LIMITED and not logged one by one. Valid tokens pass all the same. 0: no limit.',
  }),
  allowedOrigins: origins({
    name: 'JUARA_ALLOWED_ORIGINS',
    default: '',
    description: 'Origins of pages, besides those of this server, that may open a WebSocket here.',
  }),
  maxBodyBytes: wholeNumber(1024, 1024 * MB, {
    name: 'JUARA_MAX_BODY_BYTES',
    default: String(8 * MB),
    description: 'Largest GraphQL request, in bytes.',
  }),
  maxUploadBytes: wholeNumber(1, Number.MAX_SAFE_INTEGER, {
    name: 'JUARA_MAX_UPLOAD_BYTES',
    default: String(10 * 1024 * MB),
    description: 'Largest artifact, in bytes. Uploads are streamed: the limit guards the disk, not the memory.',
  }),
  connectionInitTimeoutMs: wholeNumber(100, 60_000, {
    name: 'JUARA_CONNECTION_INIT_TIMEOUT_MS',
    default: '3000',
    description: 'How long a WebSocket may stay open without saying who it is before it is closed (4408), in milliseconds.',
  }),
  maxUploadsPerAddress: wholeNumber(1, 100_000, {
    name: 'JUARA_MAX_UPLOADS_PER_ADDRESS',
    default: '16',
    description: 'Uploads that one address (IPv6: /64) may have under way at once.',
  }),
  maxUploadBytesPerMinute: wholeNumber(1, Number.MAX_SAFE_INTEGER, {
    name: 'JUARA_MAX_UPLOAD_BYTES_PER_MINUTE',
    default: String(20 * 1024 * MB),
    description: 'Bytes of uploads in a minute after which the next one of the same address (IPv6: /64) has to wait for the next minute.',
  }),
  requestTimeoutMs: wholeNumber(100, 3_600_000, {
    name: 'JUARA_REQUEST_TIMEOUT_MS',
    default: '30000',
    description: 'How long the head of a request, and the body of one that is no upload, may take to arrive, in milliseconds.',
  }),
  maxTokens: wholeNumber(100, 1_000_000, {
    name: 'JUARA_MAX_TOKENS',
    default: '10000',
    description: 'Lexical tokens of one GraphQL document: the parser stops there.',
  }),
  maxDepth: wholeNumber(1, 1_000, {
    name: 'JUARA_MAX_DEPTH',
    default: '20',
    description: 'Levels of fields within fields in one operation, through its fragments.',
  }),
  maxFields: wholeNumber(1, 100_000, {
    name: 'JUARA_MAX_FIELDS',
    default: '500',
    description: 'Fields of one operation, those of a fragment once for each place where it is spread.',
  }),
  maxAliases: wholeNumber(0, 100_000, {
    name: 'JUARA_MAX_ALIASES',
    default: '50',
    description: 'Fields of one operation that are given another name, counted as fields are.',
  }),
  maxDirectives: wholeNumber(0, 100_000, {
    name: 'JUARA_MAX_DIRECTIVES',
    default: '50',
    description: 'Directives of one operation, counted as fields are.',
  }),
  maxFragments: wholeNumber(0, 10_000, {
    name: 'JUARA_MAX_FRAGMENTS',
    default: '100',
    description: 'Fragments that one document may define.',
  }),
  maxInputDepth: wholeNumber(5, 1_000, {
    name: 'JUARA_MAX_INPUT_DEPTH',
    default: '50',
    description: 'Levels of objects and lists within one another in the variables of one operation.',
  }),
  maxCost: wholeNumber(1, Number.MAX_SAFE_INTEGER, {
    name: 'JUARA_MAX_COST',
    default: '200000',
    description:
      'Objects that one operation may ask for at most; a list counts `first` times what is asked of one entry (docs/operations.md).',
  }),
  operations: oneOf(['any', 'listed'], {
    name: 'JUARA_OPERATIONS',
    default: 'any',
    description:
      'listed: only the operations of the dashboard, of the client and of JUARA_OPERATIONS_FILE are executed (docs/operations.md).',
  }),
  operationsFile: text('a JSON file', {
    name: 'JUARA_OPERATIONS_FILE',
    default: null,
    description: 'JSON object from ids to documents that are listed too, as persisted-document generators write it.',
  }),
  scrubHours: wholeNumber(0, 8_760, {
    name: 'JUARA_SCRUB_HOURS',
    default: '24',
    description:
      "Rest between two rounds in which all files of versions and benchmarks are held against their digests, in hours. A round takes a tenth of a disk's time at most. 0: only the champions' files, once at the start.",
  }),
  writeDeadlineMs: wholeNumber(100, 3_600_000, {
    name: 'JUARA_WRITE_DEADLINE_MS',
    default: '30000',
    description: 'How long a subscriber may leave what it was sent unread before its socket is closed (4292), in milliseconds.',
  }),
  maxSocketsPerAddress: wholeNumber(1, 1_000_000, {
    name: 'JUARA_MAX_SOCKETS_PER_ADDRESS',
    default: '100',
    description: 'Open WebSockets that one client address may hold.',
  }),
  maxSubscriptionsPerSocket: wholeNumber(1, 100_000, {
    name: 'JUARA_MAX_SUBSCRIPTIONS_PER_SOCKET',
    default: '100',
    description: 'Operations that may run at once on one WebSocket.',
  }),
  scoringTimeoutMs: wholeNumber(100, 86_400_000, {
    name: 'JUARA_SCORING_TIMEOUT_MS',
    default: '60000',
    description: 'Longest time that a model may take to load, or for one answer or batch, before its process is killed, in milliseconds.',
  }),
  scoringMemoryMb: wholeNumber(64, 1_048_576, {
    name: 'JUARA_SCORING_MEMORY_MB',
    default: '1024',
    description: 'Most memory that a model may take in its child process, in MiB, on top of what the runtime itself needs.',
  }),
  predictSessions: wholeNumber(1, 1_000, {
    name: 'JUARA_PREDICT_SESSIONS',
    default: '4',
    description:
      'Models kept loaded for predictions, each in a process of its own; one more takes the place of the one that was asked least recently.',
  }),
  webhookAllowPrivate: flag({
    name: 'JUARA_WEBHOOK_ALLOW_PRIVATE',
    default: 'false',
    description: 'Webhooks may be sent to addresses that are not public: this machine, private and link-local networks.',
  }),
  webhookTimeoutMs: wholeNumber(100, 300_000, {
    name: 'JUARA_WEBHOOK_TIMEOUT_MS',
    default: '10000',
    description: 'How long a receiver may take for one delivery, in milliseconds.',
  }),
  webhookRetryDelaysMs: durations(86_400_000, {
    name: 'JUARA_WEBHOOK_RETRY_DELAYS_MS',
    default: '1000,5000,30000,120000,600000,1800000,3600000',
    description: 'Waits between the attempts to deliver an event, in milliseconds, each 20 % more or less; the last one is repeated.',
  }),
  webhookGiveUpHours: wholeNumber(1, 8_760, {
    name: 'JUARA_WEBHOOK_GIVE_UP_HOURS',
    default: '120',
    description: 'A webhook to which nothing could be delivered for so long is deactivated, in hours.',
  }),
  webhookLeaseMs: wholeNumber(1_000, 3_600_000, {
    name: 'JUARA_WEBHOOK_LEASE_MS',
    default: '30000',
    description: 'PostgreSQL: how long after the crash of the server that delivered to a webhook another one takes over, in milliseconds.',
  }),
  drainTimeoutMs: wholeNumber(0, 3_600_000, {
    name: 'JUARA_DRAIN_TIMEOUT_MS',
    default: '10000',
    description: 'How long open requests are waited for after SIGTERM before they are cut off, in milliseconds.',
  }),
  failpoint: text('the name of a failpoint', {
    name: 'JUARA_FAILPOINT',
    default: null,
    description: 'Tests only, refused unless JUARA_ENV is test: the process kills itself when it reaches the step of this name.',
  }),
} as const;

/** Read by `juara` as a client, or by the tests; known to the server so that it does not refuse them. */
export const OTHER_SETTINGS = {
  url: text('a URL', { name: 'JUARA_URL', default: 'http://127.0.0.1:4000', description: 'Client: the server that `juara` talks to.' }),
  token: text('a token', { name: 'JUARA_TOKEN', default: null, secret: true, description: 'Client: the token that `juara` sends.' }),
  tokenFile: text('a file', { name: 'JUARA_TOKEN_FILE', default: null, description: 'Client: a file to read the token from.' }),
  testChromium: text('a program', { name: 'JUARA_TEST_CHROMIUM', default: null, description: 'Tests: the Chromium to drive.' }),
} as const;

export const ALL_SETTINGS = [...Object.values(SERVER_SETTINGS), ...Object.values(OTHER_SETTINGS)];
