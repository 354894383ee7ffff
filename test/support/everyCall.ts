import { generateKeyPairSync } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { JuaraClient } from '../../src/client/index.js';

type Call = Exclude<keyof JuaraClient, 'url' | 'query'>;

const FIXTURE = fileURLToPath(new URL('../fixtures/registry-v2.json', import.meta.url));
const KEY = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const model = 'called';
const version = '9.9.9';
const pair = { model, version };

/**
 * Each call of the client once, with arguments that reach the server; what it answers is the caller's to look at. A new call without
 * its line here does not compile.
 */
export const EVERY_CALL: Readonly<Record<Call, (client: JuaraClient) => Promise<unknown>>> = {
  createModel: (c) => c.createModel({ name: model }),
  updateModel: (c) => c.updateModel({ name: model, description: 'called' }),
  getModels: (c) => c.getModels(),
  allModels: (c) => c.allModels().next(),
  getModel: (c) => c.getModel(model),
  register: (c) => c.register({ ...pair, files: { 'notes.txt': Buffer.from('bytes') } }),
  sign: (c) => c.sign({ ...pair, privateKey: KEY }),
  signVersion: (c) => c.signVersion({ ...pair, envelope: { payloadType: '', payload: '', signatures: [] } }),
  setTags: (c) => c.setTags(model, version, []),
  getChampion: (c) => c.getChampion(model),
  getChampions: (c) => c.getChampions(),
  getVersion: (c) => c.getVersion(model, version),
  getVersions: (c) => c.getVersions(model),
  allVersions: (c) => c.allVersions(model).next(),
  upload: (c) => c.upload(Buffer.from('bytes')),
  preview: (c) => c.preview(model, version),
  compareModels: (c) => c.compareModels(model, version, version),
  promote: (c) => c.promote(pair),
  getDecision: (c) => c.getDecision('none'),
  getDecisions: (c) => c.getDecisions(model),
  approve: (c) => c.approve('none'),
  decline: (c) => c.decline('none', 'called'),
  rollback: (c) => c.rollback({ model, reason: 'called' }),
  reject: (c) => c.reject({ ...pair, reason: 'called' }),
  nominate: (c) => c.nominate(pair),
  getPolicy: (c) => c.getPolicy(model),
  setPolicy: (c) => c.setPolicy({ model, strict: true }),
  getBenchmark: (c) => c.getBenchmark('none'),
  getBenchmarks: (c) => c.getBenchmarks(),
  registerBenchmark: (c) => c.registerBenchmark({ name: 'b', file: Buffer.from('no benchmark'), format: 'NPZ', tasks: [] }),
  evaluate: (c) => c.evaluate({ ...pair, benchmark: 'none' }),
  getEvaluation: (c) => c.getEvaluation('none'),
  cancelEvaluation: (c) => c.cancelEvaluation('none'),
  followEvaluation: (c) => c.followEvaluation('none'),
  predict: (c) => c.predict({ model, sample: { benchmark: 'none', index: 0 } }),
  getTrainingEvents: (c) => c.getTrainingEvents(model),
  addTrainingEvents: (c) => c.addTrainingEvents(model, [{ date: '2026-02-10', station: 'GTO', labels: [] }]),
  validateTrainingEvents: (c) => c.validateTrainingEvents(model, ['none']),
  discardTrainingEvent: (c) => c.discardTrainingEvent(model, 'none', 'called'),
  importRegistry: (c) => c.importRegistry(FIXTURE),
  exportRegistry: (c) => c.exportRegistry(model),
  summary: (c) => c.summary(),
  checkpoint: (c) => c.checkpoint(),
  events: (c) => c.events(),
  verifyLog: (c) => c.verifyLog(),
  watch: (c) => c.watch({ after: '' }).next(),
  viewer: (c) => c.viewer(),
  updateToken: (c) => c.updateToken({ id: 'none', role: 'VIEWER' }),
  getTokens: (c) => c.getTokens(),
  createToken: (c) => c.createToken({ name: 'called', role: 'VIEWER' }),
  revokeToken: (c) => c.revokeToken('none'),
  getWebhooks: (c) => c.getWebhooks(),
  getWebhook: (c) => c.getWebhook('none'),
  getWebhookDeliveries: (c) => c.getWebhookDeliveries('none'),
  createWebhook: (c) => c.createWebhook({ name: 'called', url: 'https://192.0.2.1/' }),
  updateWebhook: (c) => c.updateWebhook({ id: 'none', name: 'called' }),
  rotateWebhookSecret: (c) => c.rotateWebhookSecret('none'),
  replayWebhook: (c) => c.replayWebhook('none', ''),
};
