import { createHash } from 'node:crypto';
import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Api, createApi } from '../support/api.js';
import { runJuara } from '../support/juara.js';
import { startTestServer, type TestServer } from '../support/server.js';
import { aSigner, aStatement, type Envelope, type Signer, seal } from '../support/signer.js';
import { championOf, createModel, promote, REGISTER, register, registrationInput, rollback } from '../support/steps.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

const alice = aSigner('alice');
const mallory = aSigner('mallory');
const SIGNATURES = 'signatures { keyId keyName publicKey valid trusted fault attachedAt attachedBy envelope }';
const SIGN = `mutation ($input: SignVersionInput!) { signVersion(input: $input) { ${SIGNATURES} } }`;
const SET_POLICY =
  'mutation ($input: SetPolicyInput!) { setPolicy(input: $input) { revision requireSignature trustedKeys { name publicKey keyId } } }';
const FILES = { 'best_model.pth': Buffer.from('weights'), 'class_mappings.json': Buffer.from('{}') };
const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
const digests = (files: Record<string, Buffer>) => Object.fromEntries(Object.entries(files).map(([name, b]) => [name, sha256(b)]));

let server: TestServer;
let admin: Api;
let pipeline: Api;
let operator: Api;

beforeAll(async () => {
  server = await startTestServer();
  admin = createApi(server.url, server.token);
  const as = async (role: string): Promise<Api> => {
    const { createToken } = await admin.query(`mutation { createToken(input: { name: "${role}", role: ${role} }) { secret } }`);
    return createApi(server.url, createToken.secret);
  };
  pipeline = await as('AUTOMATION');
  operator = await as('OPERATOR');
});
afterAll(() => server?.stop());

async function setPolicy(model: string, ...trusted: Signer[]) {
  const trustedKeys = trusted.map(({ name, publicKey }) => ({ name, publicKey }));
  return (await admin.query(SET_POLICY, { input: { model, requireSignature: true, requireApproval: false, trustedKeys } })).setPolicy;
}

/** A model that asks for alice's signature, with an unsigned challenger 1.0.0. */
async function strictModel(name: string): Promise<void> {
  await createModel(admin, name);
  await register(pipeline, name, { version: '1.0.0', files: FILES });
  await setPolicy(name, alice);
}

const envelope = (id: string, signer: Signer = alice, files = FILES): Envelope => seal(aStatement(id, digests(files)), signer);

async function attach(model: string, given: unknown, version = '1.0.0') {
  return (await pipeline.query(SIGN, { input: { model, version, envelope: given } })).signVersion.signatures;
}

async function refusedRule(api: Api, model: string, more: Record<string, unknown> = {}) {
  const { outcome, decision } = await promote(api, model, '1.0.0', more);
  expect(outcome).toBe('REFUSED');
  expect(await championOf(admin, model)).toBeNull();
  return decision.rules.find((r: { rule: string }) => r.rule === 'SIGNED');
}

describe('a policy that requires a signature', () => {
  it('holds what is not signed, against an override too, and keeps the decision', async () => {
    await strictModel('unsigned');
    expect(await refusedRule(pipeline, 'unsigned')).toMatchObject({
      passed: false,
      measured: 0,
      limit: 1,
      detail: expect.stringContaining('not signed'),
    });
    for (const api of [operator, admin]) {
      expect(await refusedRule(api, 'unsigned', { overrideReason: 'it is urgent' })).toMatchObject({ passed: false });
    }
    const { decisions } = await admin.query(
      'query { decisions(model: "unsigned") { nodes { outcome applied overriddenBy rules { rule passed detail } } } }',
    );
    expect(decisions.nodes).toHaveLength(3);
    for (const decision of decisions.nodes) expect(decision).toMatchObject({ outcome: 'HOLD', applied: false, overriddenBy: null });
  });

  it('promotes what a trusted key has signed, and the decision says whose', async () => {
    await strictModel('signed');
    const [shown] = await attach('signed', envelope('signed_v1.0.0'));
    expect(shown).toMatchObject({
      keyId: alice.keyId,
      keyName: 'alice',
      publicKey: alice.publicDer,
      valid: true,
      trusted: true,
      fault: null,
    });
    expect(shown).toMatchObject({ attachedBy: 'AUTOMATION', envelope: envelope('signed_v1.0.0') });
    const preview = 'query { previewPromotion(model: "signed", version: "1.0.0") { outcome rules { rule passed detail } } }';
    const { previewPromotion } = await pipeline.query(preview);
    expect(previewPromotion).toMatchObject({ outcome: 'PROMOTE' });
    const { outcome, decision } = await promote(pipeline, 'signed', '1.0.0');
    expect(outcome).toBe('PROMOTED');
    expect(decision.rules).toContainEqual(
      expect.objectContaining({ rule: 'SIGNED', passed: true, measured: 1, detail: 'signed by alice' }),
    );
    const { decision: stored } = await admin.query(`query { decision(id: "${decision.id}") { applied rules { rule passed } } }`);
    expect(stored).toMatchObject({ applied: true, rules: expect.arrayContaining([{ rule: 'SIGNED', passed: true }]) });
  });

  it('believes no other key, whatever name it bears', async () => {
    await strictModel('stranger');
    const forged = seal(aStatement('stranger_v1.0.0', digests(FILES)), mallory, alice.keyId);
    expect(await pipeline.refusal(SIGN, { input: { model: 'stranger', version: '1.0.0', envelope: forged } })).toBe('SIGNATURE_INVALID');
    const [shown] = await attach('stranger', envelope('stranger_v1.0.0', mallory));
    expect(shown).toMatchObject({ keyName: null, publicKey: null, valid: true, trusted: false });
    expect((await refusedRule(admin, 'stranger')).detail).toContain('none of its 1 signatures');
  });

  it('takes a key away from later promotions, not from past ones, and never from a rollback', async () => {
    await strictModel('withdrawn');
    await register(pipeline, 'withdrawn', { version: '1.0.1', files: FILES, metrics: { magnitude_accuracy: 99 } });
    await attach('withdrawn', envelope('withdrawn_v1.0.0'));
    await attach('withdrawn', envelope('withdrawn_v1.0.1'), '1.0.1');
    expect((await promote(admin, 'withdrawn', '1.0.0')).outcome).toBe('PROMOTED');
    const override = { overrideReason: 'nothing to compare with' };
    expect((await promote(admin, 'withdrawn', '1.0.1', override)).outcome).toBe('PROMOTED');
    await setPolicy('withdrawn');
    const { model } = await rollback(operator, 'withdrawn');
    expect(model.champion.version).toBe('1.0.0');
    await admin.query('mutation { nominate(input: { model: "withdrawn", version: "1.0.1" }) { status } }');
    const again = await promote(admin, 'withdrawn', '1.0.1', override);
    expect(again.outcome).toBe('REFUSED');
    expect(again.decision.rules).toContainEqual(
      expect.objectContaining({ rule: 'SIGNED', detail: expect.stringContaining('trusts no key') }),
    );
    const { decisions } = await admin.query('query { decisions(model: "withdrawn") { nodes { applied rules { rule passed } } } }');
    expect(decisions.nodes.filter((d: { applied: boolean }) => d.applied)).toHaveLength(2);
  });

  it('is the ADMIN’s to set, and takes whole keys only', async () => {
    await createModel(admin, 'policy');
    const input = { model: 'policy', requireSignature: false };
    for (const api of [pipeline, operator]) expect(await api.refusal(SET_POLICY, { input })).toBe('FORBIDDEN');
    const bad = { model: 'policy', trustedKeys: [{ name: 'alice', publicKey: alice.privateKey }] };
    expect(await admin.refusal(SET_POLICY, { input: bad })).toBe('INVALID_INPUT');
    const { trustedKeys } = await setPolicy('policy', alice);
    expect(trustedKeys).toEqual([{ name: 'alice', publicKey: alice.publicDer, keyId: alice.keyId }]);
    const { setPolicy: later } = await admin.query(SET_POLICY, { input: { model: 'policy', strict: true } });
    expect(later).toMatchObject({ requireSignature: true, trustedKeys });
  });
});

describe('a signature is refused', () => {
  beforeAll(() => strictModel('refusing'));
  const good = envelope('refusing_v1.0.0');
  const flip = (text: string, at: number): string => {
    const bytes = Buffer.from(text, 'base64');
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    return bytes.toString('base64');
  };
  const [first] = good.signatures;
  it.each<[string, unknown]>([
    ['for another version', envelope('refusing_v1.0.1')],
    ['for another model with the same files', envelope('signed_v1.0.0')],
    ['for other files', envelope('refusing_v1.0.0', alice, { ...FILES, 'best_model.pth': Buffer.from('other weights') })],
    ['for fewer files', seal(aStatement('refusing_v1.0.0', { 'best_model.pth': sha256(FILES['best_model.pth']) }), alice)],
    ['with a byte of the statement flipped', { ...good, payload: flip(good.payload, 20) }],
    ['with a byte of the signature flipped', { ...good, signatures: [{ ...first, sig: flip(first?.sig ?? '', 5) }] }],
    ['without a signature', { ...good, signatures: [] }],
    ['that is null', null],
    ['that is a text', JSON.stringify(good)],
  ])('%s', async (_, given) => {
    const answer = await pipeline.send(SIGN, { input: { model: 'refusing', version: '1.0.0', envelope: given } });
    expect(answer.errors?.[0]?.extensions.code).toMatch(given === null ? /./ : /^SIGNATURE_INVALID$/);
    const { version } = await pipeline.query('query { version(model: "refusing", version: "1.0.0") { signatures { keyId } } }');
    expect(version.signatures).toEqual([]);
  });

  it('by a token of another model, and by a viewer', async () => {
    const { createToken } = await admin.query(
      'mutation { createToken(input: { name: "b", role: AUTOMATION, models: ["signed"] }) { secret } }',
    );
    const input = { model: 'refusing', version: '1.0.0', envelope: good };
    expect(await createApi(server.url, createToken.secret).refusal(SIGN, { input })).toBe('FORBIDDEN');
    expect(await createApi(server.url, null).refusal(SIGN, { input })).toBe('FORBIDDEN');
    expect(await pipeline.refusal(SIGN, { input: { ...input, version: '9.9.9' } })).toBe('VERSION_NOT_FOUND');
  });

  it('with the registration that it comes with, as a whole', async () => {
    const input = await registrationInput(pipeline, 'refusing', { version: '2.0.0', files: FILES });
    expect(await pipeline.refusal(REGISTER, { input: { ...input, signatures: [good] } })).toBe('SIGNATURE_INVALID');
    expect((await pipeline.query('query { version(model: "refusing", version: "2.0.0") { version } }')).version).toBeNull();
  });
});

describe('attached signatures', () => {
  it('are events of the log, once each, and come with a registration too', async () => {
    await createModel(admin, 'logged');
    const input = await registrationInput(pipeline, 'logged', { version: '1.0.0', files: FILES });
    const own = envelope('logged_v1.0.0');
    await pipeline.query(REGISTER, { input: { ...input, signatures: [own] } });
    expect(await attach('logged', own)).toHaveLength(1);
    expect(await attach('logged', { dsseEnvelope: envelope('logged_v1.0.0', mallory) })).toHaveLength(2);
    const { events } = await admin.query(
      'query { events(filter: { model: "logged" }, after: "", first: 50) { nodes { type actor ... on GenericEvent { data } } } }',
    );
    const signed = events.nodes.filter((e: { type: string }) => e.type === 'VERSION_SIGNED');
    expect(signed).toHaveLength(2);
    expect(signed[0]).toMatchObject({
      actor: 'AUTOMATION',
      data: { version: '1.0.0', keyId: alice.keyId, signature: own.signatures[0]?.sig },
    });
  });

  it('come back with a rebuild, trusted as soon as the policy is set again; a change of them is found', async () => {
    const own = await startTestServer();
    const api = createApi(own.url, own.token);
    await createModel(api, 'm');
    await register(api, 'm', { version: '1.0.0', files: FILES });
    const { signVersion } = await api.query(SIGN, { input: { model: 'm', version: '1.0.0', envelope: envelope('m_v1.0.0') } });
    const before = signVersion.signatures;
    const verify = () => runJuara(['verify', '--json'], { JUARA_HOME: own.home });
    expect((await verify()).code).toBe(0);
    await own.stop();
    for (const name of ['juara.db', 'juara.db-wal', 'juara.db-shm']) await rm(join(own.home, name), { force: true });
    expect((await runJuara(['rebuild'], { JUARA_HOME: own.home })).stdout).toContain('1 versions');
    const again = await own.restart();
    const token = (await readFile(join(own.home, 'admin.token'), 'utf8')).trim();
    const rebuilt = createApi(again.url, token);
    const { version } = await rebuilt.query(`query { version(model: "m", version: "1.0.0") { ${SIGNATURES} } }`);
    expect(version.signatures).toEqual(before);
    const trustedKeys = [{ name: 'alice', publicKey: alice.publicKey }];
    await rebuilt.query(SET_POLICY, { input: { model: 'm', requireSignature: true, trustedKeys } });
    const { version: later } = await rebuilt.query(`query { version(model: "m", version: "1.0.0") { ${SIGNATURES} } }`);
    expect(later.signatures).toEqual([{ ...before[0], trusted: true, keyName: 'alice', publicKey: alice.publicDer }]);
    const path = join(own.home, 'versions/m_v1.0.0/metadata.json');
    const text = await readFile(path, 'utf8');
    await writeFile(
      path,
      text.replace(/"sig": ?"...../, (found) => `${found.slice(0, -5)}AAAAA`),
    );
    const { code, stdout } = await verify();
    expect(code).toBe(1);
    expect(stdout).toContain('it holds other signatures than the database');
    await again.stop();
  }, 30_000);
});

describe('the command line', () => {
  it('makes keys, signs on the server’s word, offline and with a registration, and shows it', async () => {
    const folder = await temporaryFolder();
    const [key, weights, out] = [join(folder, 'key.pem'), join(folder, 'best_model.pth'), join(folder, 'envelope.json')];
    await writeFile(weights, 'weights');
    const juara = async (...args: string[]) => {
      const ran = await runJuara(args, { JUARA_URL: server.url, JUARA_TOKEN: server.token });
      expect({ args, ...ran }).toMatchObject({ code: 0, stderr: '' });
      return ran.stdout;
    };
    const made = JSON.parse(await juara('keygen', key, '--json'));
    expect((await stat(key)).mode & 0o777).toBe(0o600);
    expect((await runJuara(['keygen', key])).code).toBe(2);
    await createModel(admin, 'cli');
    await juara('policy', 'set', 'cli', '--require-signature', 'true', '--trusted-key', `release=${key}.pub`);
    expect(await juara('policy', 'show', 'cli')).toContain('trusted key:');

    await juara('register', 'cli', '--version', '1.0.0', '--file', weights);
    expect(await juara('show', 'cli', '1.0.0')).toMatch(/signatures: +-/);
    expect(await juara('sign', 'cli', '1.0.0', '--key', key)).toContain('cli_v1.0.0 carries 1 signatures (trusted: release)');
    expect(await juara('show', 'cli', '1.0.0')).toMatch(/signatures: +release/);
    await juara('promote', 'cli', '1.0.0', '--yes');

    await juara('register', 'cli', '--version', '1.0.1', '--file', weights);
    const offline = ['sign', 'cli', '1.0.1', '--key', key, '--file', weights, '--output', out];
    expect((await runJuara(offline, { JUARA_URL: 'http://127.0.0.1:1' })).code).toBe(0);
    expect(JSON.parse(await readFile(out, 'utf8')).signatures[0].keyid).toBe(made.keyId);
    await juara('sign', 'cli', '1.0.1', '--envelope', out);
    await juara('register', 'cli', '--version', '1.0.2', '--file', weights, '--sign', key);
    const { versions } = await admin.query('query { versions(model: "cli") { nodes { signatures { trusted keyName } } } }');
    expect(versions.nodes.map((v: { signatures: unknown }) => v.signatures)).toEqual(
      Array(3).fill([{ trusted: true, keyName: 'release' }]),
    );
  }, 60_000);

  it('says what is wrong with a key, and repeats nothing of it', async () => {
    const folder = await temporaryFolder();
    const path = join(folder, 'rsa.pem');
    await writeFile(path, '-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----\n');
    const ran = await runJuara(['sign', 'signed', '1.0.0', '--key', path], { JUARA_URL: server.url, JUARA_TOKEN: server.token });
    expect(ran.code).toBe(1);
    expect(ran.stderr).toContain('INVALID_KEY');
    expect(ran.stderr).not.toContain('c2VjcmV0');
    expect((await runJuara(['sign', 'signed', '1.0.0'], { JUARA_URL: server.url })).code).toBe(2);
  });
});
