import { databaseUrl, durations, flag, oneOf, origins, text, wholeNumber } from './setting.js';

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
    description: 'Address to listen on. On a loopback address anyone may read without a token; elsewhere nobody may.',
  }),
  port: wholeNumber(0, 65535, { name: 'JUARA_PORT', default: '4000', description: 'TCP port to listen on; 0 takes any free one.' }),
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
