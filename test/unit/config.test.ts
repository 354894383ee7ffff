import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { configurationPage, describeSettings } from '../../src/config/describeSettings.js';
import { ALL_SETTINGS } from '../../src/config/settings.js';
import { loadConfig } from '../../src/config.js';
import { JuaraError } from '../../src/domain/errors.js';

function refusal(env: Record<string, string>): JuaraError {
  try {
    loadConfig(env);
  } catch (error) {
    if (error instanceof JuaraError) return error;
    throw error;
  }
  throw new Error('the settings were accepted');
}

describe('defaults', () => {
  test('an empty environment gives a whole, frozen configuration', () => {
    const config = loadConfig({ PATH: '/bin', JUARA: 'not a setting' });
    expect(config).toMatchObject({ host: '127.0.0.1', port: 4000, env: 'development', logLevel: 'warn', failpoint: null });
    expect(config.home).toBe(resolve('models'));
    expect(config.databaseUrl).toBe(`sqlite:${resolve('models/juara.db')}`);
    expect(Object.isFrozen(config)).toBe(true);
    expect(Object.isFrozen(config.allowedOrigins)).toBe(true);
  });

  test('every value comes from its own variable', () => {
    const config = loadConfig({
      JUARA_HOME: '/srv/juara',
      JUARA_HOST: '::1',
      JUARA_PORT: '0',
      JUARA_ENV: 'test',
      JUARA_LOG_LEVEL: 'info',
      JUARA_BEHIND_PROXY: '1',
      JUARA_ALLOWED_ORIGINS: 'https://a.example.org/, http://b.example.org:8080',
      JUARA_MAX_BODY_BYTES: '2048',
      JUARA_MAX_UPLOAD_BYTES: '5',
      JUARA_TLS_CERT: '/etc/juara/cert.pem',
      JUARA_TLS_KEY: '/etc/juara/key.pem',
      JUARA_OIDC_ISSUER: 'https://id.example.org/',
      JUARA_OIDC_AUDIENCE: 'juara',
      JUARA_OIDC_JWKS_URI: 'https://id.example.org/keys?v=1',
      JUARA_OIDC_ROLE_CLAIM: 'realm_access.roles',
      JUARA_OIDC_ROLES: 'juara-viewer=VIEWER, ml=ops = OPERATOR',
      JUARA_OIDC_MODELS_CLAIM: 'models',
      JUARA_OIDC_NAME_CLAIM: 'email',
      JUARA_MAX_FAILED_LOGINS: '0',
      JUARA_MAX_UPLOADS_PER_ADDRESS: '3',
      JUARA_MAX_UPLOAD_BYTES_PER_MINUTE: '4',
      JUARA_REQUEST_TIMEOUT_MS: '102',
      JUARA_MAX_SOCKETS_PER_ADDRESS: '6',
      JUARA_MAX_SUBSCRIPTIONS_PER_SOCKET: '7',
      JUARA_MAX_TOKENS: '801',
      JUARA_MAX_DEPTH: '11',
      JUARA_MAX_FIELDS: '12',
      JUARA_MAX_ALIASES: '13',
      JUARA_MAX_DIRECTIVES: '14',
      JUARA_MAX_FRAGMENTS: '15',
      JUARA_MAX_INPUT_DEPTH: '16',
      JUARA_MAX_COST: '17',
      JUARA_OPERATIONS: 'listed',
      JUARA_OPERATIONS_FILE: '/srv/operations.json',
      JUARA_SCORING_TIMEOUT_MS: '800',
      JUARA_SCORING_MEMORY_MB: '900',
      JUARA_PREDICT_SESSIONS: '9',
      JUARA_CONNECTION_INIT_TIMEOUT_MS: '140',
      JUARA_SCRUB_HOURS: '0',
      JUARA_WRITE_DEADLINE_MS: '150',
      JUARA_WEBHOOK_ALLOW_PRIVATE: '1',
      JUARA_WEBHOOK_TIMEOUT_MS: '101',
      JUARA_WEBHOOK_RETRY_DELAYS_MS: '1, 20,0',
      JUARA_WEBHOOK_GIVE_UP_HOURS: '2',
      JUARA_WEBHOOK_LEASE_MS: '1003',
      JUARA_DRAIN_TIMEOUT_MS: '10',
      JUARA_FAILPOINT: 'after-commit',
    });
    expect(config).toEqual({
      home: '/srv/juara',
      host: '::1',
      port: 0,
      databaseUrl: 'sqlite:/srv/juara/juara.db',
      artifacts: 'disk',
      env: 'test',
      logLevel: 'info',
      behindProxy: true,
      allowedOrigins: ['https://a.example.org', 'http://b.example.org:8080'],
      connectionInitTimeoutMs: 140,
      scrubHours: 0,
      writeDeadlineMs: 150,
      maxBodyBytes: 2048,
      maxUploadBytes: 5,
      tls: { cert: '/etc/juara/cert.pem', key: '/etc/juara/key.pem' },
      oidc: {
        issuer: 'https://id.example.org/',
        audience: 'juara',
        jwksUri: 'https://id.example.org/keys?v=1',
        roleClaim: 'realm_access.roles',
        roles: new Map([
          ['juara-viewer', 'VIEWER'],
          ['ml=ops', 'OPERATOR'],
        ]),
        modelsClaim: 'models',
        nameClaim: 'email',
      },
      maxFailedLogins: 0,
      maxUploadsPerAddress: 3,
      maxUploadBytesPerMinute: 4,
      requestTimeoutMs: 102,
      maxSocketsPerAddress: 6,
      maxSubscriptionsPerSocket: 7,
      maxTokens: 801,
      maxDepth: 11,
      maxFields: 12,
      maxAliases: 13,
      maxDirectives: 14,
      maxFragments: 15,
      maxInputDepth: 16,
      maxCost: 17,
      operations: 'listed',
      operationsFile: '/srv/operations.json',
      scoringTimeoutMs: 800,
      scoringMemoryMb: 900,
      predictSessions: 9,
      webhookAllowPrivate: true,
      webhookTimeoutMs: 101,
      webhookRetryDelaysMs: [1, 20, 0],
      webhookGiveUpHours: 2,
      webhookLeaseMs: 1003,
      drainTimeoutMs: 10,
      failpoint: 'after-commit',
    });
  });

  test('an empty variable is an unset one', () => {
    expect(loadConfig({ JUARA_PORT: '', JUARA_DATABASE_URL: '', JUARA_FAILPOINT: '' }).port).toBe(4000);
  });

  test("the client's and the tests' variables do not disturb the server", () => {
    expect(loadConfig({ JUARA_URL: 'x', JUARA_TOKEN: 'y', JUARA_TOKEN_FILE: 'z', JUARA_TEST_CHROMIUM: 'c' }).port).toBe(4000);
  });
});

describe('database', () => {
  test('the path of a SQLite file becomes absolute; a PostgreSQL URL stays as it is', () => {
    expect(loadConfig({ JUARA_DATABASE_URL: 'sqlite:db/x.db' }).databaseUrl).toBe(`sqlite:${resolve('db/x.db')}`);
    const url = 'postgres://u:p@127.0.0.1:5432/juara';
    expect(loadConfig({ JUARA_DATABASE_URL: url }).databaseUrl).toBe(url);
  });

  test.each(['mysql://u:hunter2@h/db', 'sqlite:', 'sqlite::memory:', 'postgres://u:hunter2@[x/db'])(
    '%s is refused, and not repeated',
    (url) => {
      const { code, message } = refusal({ JUARA_DATABASE_URL: url });
      expect(code).toBe('CONFIG_INVALID');
      expect(message).toContain('JUARA_DATABASE_URL');
      expect(message).not.toContain('hunter2');
    },
  );
});

describe('refusals name the variable and what it should be', () => {
  test.each([
    ['JUARA_PORT', '65536', 'whole number from 0 to 65535'],
    ['JUARA_PORT', '4e3', 'whole number'],
    ['JUARA_PORT', '-1', 'whole number'],
    ['JUARA_HOME', '   ', 'a folder'],
    ['JUARA_ENV', 'prod', 'development, production, test'],
    ['JUARA_LOG_LEVEL', 'loud', 'warn'],
    ['JUARA_BEHIND_PROXY', 'yes', 'true or false'],
    ['JUARA_ALLOWED_ORIGINS', 'https://a.example.org/path', 'origins'],
    ['JUARA_ALLOWED_ORIGINS', '*', 'origins'],
    ['JUARA_WEBHOOK_RETRY_DELAYS_MS', '1000,,5', 'separated by commas'],
    ['JUARA_ARTIFACTS', 's3://bucket/prefix', 'disk'],
    ['JUARA_ARTIFACTS', 'tape', 'disk'],
    ['JUARA_OIDC_ISSUER', 'http://id.example.org', 'an https URL'],
    ['JUARA_OIDC_ISSUER', 'http://127.0.0.1@id.example.org', 'an https URL'],
    ['JUARA_OIDC_ISSUER', 'http://127.0.0.1.example.org', 'an https URL'],
    ['JUARA_OIDC_ISSUER', 'https://id.example.org', 'JUARA_OIDC_AUDIENCE'],
    ['JUARA_OIDC_AUDIENCE', 'juara', 'JUARA_OIDC_ISSUER'],
    ['JUARA_TLS_CERT', '/cert.pem', 'JUARA_TLS_KEY'],
    ['JUARA_TLS_KEY', '/key.pem', 'JUARA_TLS_CERT'],
  ])('%s=%s', (name, value, expected) => {
    const { code, message } = refusal({ [name]: value });
    expect(code).toBe('CONFIG_INVALID');
    expect(message).toContain(name);
    expect(message).toContain(expected);
  });

  test.each([
    ['JUARA_PROT', 'JUARA_PORT'],
    ['JUARA_DATABASE', 'JUARA_DATABASE_URL'],
    ['JUARA_MAX_UPLOAD_SIZE', 'JUARA_MAX_UPLOAD_BYTES'],
  ])('the unknown %s names the nearest known setting', (name, nearest) => {
    const { code, message } = refusal({ [name]: '1' });
    expect(code).toBe('CONFIG_INVALID');
    expect(message).toContain(name);
    expect(message).toContain(`did you mean ${nearest}?`);
  });

  test.each(['', 'ml-ops', 'ml-ops=', '=VIEWER', 'ml-ops=ROOT', 'a=VIEWER,,b=ADMIN'])('JUARA_OIDC_ROLES=%s', (roles) => {
    const env = { JUARA_OIDC_ISSUER: 'http://[::1]:8080/realms/ml', JUARA_OIDC_AUDIENCE: 'juara' };
    const { code, message } = refusal({ ...env, JUARA_OIDC_ROLES: roles });
    expect(code).toBe('CONFIG_INVALID');
    expect(message).toContain('JUARA_OIDC_ROLES is');
    expect(loadConfig({ ...env, JUARA_OIDC_ROLES: 'a=ADMIN' }).oidc).toMatchObject({ roleClaim: 'roles', nameClaim: 'sub', jwksUri: null });
  });

  test.each(['development', 'production'])('a failpoint is refused in %s', (mode) => {
    expect(refusal({ JUARA_FAILPOINT: 'after-commit', JUARA_ENV: mode }).message).toContain('JUARA_ENV=test');
  });
});

describe('the list', () => {
  test('names are unique, and every default that is written out is valid', () => {
    expect(new Set(ALL_SETTINGS.map((s) => s.name)).size).toBe(ALL_SETTINGS.length);
    for (const s of ALL_SETTINGS.filter((setting) => setting.default !== null && !setting.default.includes('<'))) {
      expect(s.schema.safeParse(s.default).success, s.name).toBe(true);
    }
  });

  test('shows present values with secrets masked', () => {
    const rows = describeSettings({
      JUARA_PORT: '1234',
      JUARA_TOKEN: 'juara_secret',
      JUARA_DATABASE_URL: 'postgres://u:hunter2@h/db?password=x1',
    });
    const row = (name: string) => rows.find((r) => r.name === name);
    expect(row('JUARA_PORT')).toMatchObject({ value: '1234', from: 'environment', default: '4000' });
    expect(row('JUARA_HOST')).toMatchObject({ value: '127.0.0.1', from: 'default' });
    expect(row('JUARA_DATABASE_URL')?.value).toBe('postgres://u:********@h/db?********');
    expect(JSON.stringify(rows)).not.toMatch(/juara_secret|hunter2|x1/);
  });

  test('docs/configuration.md is generated from it (write it anew with: npx vitest run test/unit/config.test.ts -u)', async () => {
    await expect(configurationPage()).toMatchFileSnapshot('../../docs/configuration.md');
  });
});
