import { describe, expect, it, vi } from 'vitest';
import { childPids, ENDLESS, expectRight, type Steerable, startPredictor, steerables, tensors } from './predictors.js';

const only = async (): Promise<Steerable> => (await steerables(1))[0] as Steerable;
const FAILED = { code: 'PREDICTION_FAILED' };

/** The most children that live at once during the work, and all that ever do. */
async function watchedWhile(work: Promise<unknown>): Promise<{ most: number; seen: Set<number> }> {
  const seen = new Set<number>();
  let most = 0;
  let done = false;
  const over = work.finally(() => {
    done = true;
  });
  while (!done) {
    const pids = await childPids();
    most = Math.max(most, pids.length);
    for (const pid of pids) seen.add(pid);
  }
  await over;
  return { most, seen };
}

describe('warm sessions', () => {
  it('load a model once for all who ask at the same time, and keep it', async () => {
    const predictor = startPredictor();
    const model = await only();
    const { seen } = await watchedWhile(Promise.all(Array.from({ length: 20 }, (_, i) => expectRight(predictor, model, i + 1))));
    const [pid] = await childPids();
    expect([...seen]).toEqual([pid]);
    await predictor.warm(model.key, model.model);
    await expectRight(predictor, model, 7);
    expect(await childPids()).toEqual([pid]);
    await predictor.close();
    expect(await childPids()).toEqual([]);
  });

  it('make room for another by ending the one that was asked least recently', async () => {
    const predictor = startPredictor({ sessions: 2 });
    const [a, b, c] = (await steerables(3)) as [Steerable, Steerable, Steerable];
    await expectRight(predictor, a, 1);
    const [pidA] = await childPids();
    await predictor.warm(b.key, b.model);
    const pidB = (await childPids()).find((pid) => pid !== pidA);
    await expectRight(predictor, a, 2);
    await expectRight(predictor, c, 1);
    const left = await childPids();
    expect(left).toHaveLength(2);
    expect(left).toContain(pidA);
    expect(left).not.toContain(pidB);
    await expectRight(predictor, b, 1);
    expect(await childPids()).not.toContain(pidA);
  });

  it('answer what they were asked before they make room', async () => {
    const predictor = startPredictor({ sessions: 1 });
    const [a, b] = (await steerables(2)) as [Steerable, Steerable];
    await predictor.warm(a.key, a.model);
    const order: string[] = [];
    const note = (name: string) => () => order.push(name);
    const long = expectRight(predictor, a, 3, 1_000_000).then(note('long'));
    const queued = expectRight(predictor, a, 4).then(note('queued'));
    const other = expectRight(predictor, b, 5).then(note('other'));
    const { most } = await watchedWhile(Promise.all([long, queued, other]));
    expect(order).toEqual(['long', 'queued', 'other']);
    expect(most).toBe(1);
  });

  it('fail nothing and mix nothing up while 200 requests in turn want more models than there is room for', async () => {
    const predictor = startPredictor({ sessions: 2 });
    const models = await steerables(4);
    const client = async (own: number): Promise<void> => {
      for (let i = 0; i < 50; i += 1) await expectRight(predictor, models[(own + i) % models.length] as Steerable, 50 * own + i + 1);
    };
    const { most, seen } = await watchedWhile(Promise.all([0, 1, 2, 3].map(client)));
    expect(most).toBeLessThanOrEqual(2);
    expect(seen.size).toBeGreaterThan(models.length);
  });

  it('leave no process behind when they are closed, whatever it is at', async () => {
    const predictor = startPredictor({ sessions: 1 });
    const [a, b] = (await steerables(2)) as [Steerable, Steerable];
    await predictor.warm(a.key, a.model);
    const running = predictor.predict({ ...a, tensors: tensors(1, { laps: ENDLESS }) });
    const queued = predictor.predict({ ...a, tensors: tensors(1) });
    const waiting = predictor.predict({ ...b, tensors: tensors(1) });
    const refused = Promise.all([running, queued, waiting].map((asked) => expect(asked).rejects.toMatchObject(FAILED)));
    await predictor.close();
    await refused;
    expect(await childPids()).toEqual([]);
    await expect(predictor.predict({ ...a, tensors: tensors(1) })).rejects.toMatchObject(FAILED);
  });
});

describe('a session that comes to grief', () => {
  it('fails what it was asked when its process is killed; the next request starts another', async () => {
    const predictor = startPredictor();
    const model = await only();
    await predictor.warm(model.key, model.model);
    const [pid = 0] = await childPids();
    const running = predictor.predict({ ...model, tensors: tensors(1, { laps: ENDLESS }) });
    const queued = predictor.predict({ ...model, tensors: tensors(1) });
    process.kill(pid, 'SIGKILL');
    const crashed = { ...FAILED, message: 'onnxruntime crashed while it ran the model (SIGKILL)' };
    await expect(running).rejects.toMatchObject(crashed);
    await expect(queued).rejects.toMatchObject(crashed);
    await expectRight(predictor, model, 2);
    expect(await childPids()).not.toContain(pid);
  });

  it('is noticed when its process is killed while it idles', async () => {
    const predictor = startPredictor();
    const model = await only();
    await predictor.warm(model.key, model.model);
    const [pid = 0] = await childPids();
    process.kill(pid, 'SIGKILL');
    // The system tells of it a moment later; what is asked in between fails with it.
    await vi.waitFor(() => expectRight(predictor, model, 2));
    expect(await childPids()).not.toContain(pid);
  });

  it('is killed when an answer takes too long; the next request starts another', async () => {
    const predictor = startPredictor({ timeoutMs: 3_000 });
    const [a, b] = (await steerables(2)) as [Steerable, Steerable];
    await predictor.warm(a.key, a.model);
    const endless = predictor.predict({ ...a, tensors: tensors(1, { laps: ENDLESS }) });
    const outcome = expect(endless).rejects.toMatchObject({ ...FAILED, message: 'the model took longer than 3 s' });
    await expectRight(predictor, b, 3);
    await outcome;
    await expectRight(predictor, a, 2);
  });

  it('has that time for each answer anew', async () => {
    const timeoutMs = 3_000;
    const predictor = startPredictor({ timeoutMs });
    const model = await only();
    await predictor.warm(model.key, model.model);
    const pids = await childPids();
    const start = performance.now();
    for (let k = 1; performance.now() - start < timeoutMs + 500; k += 1) await expectRight(predictor, model, k, 500_000);
    expect(await childPids()).toEqual(pids);
  });

  it('is refused 8 GB, and says so; the next request is answered', async () => {
    const predictor = startPredictor({ memoryMb: 512 });
    const model = await only();
    const hungry = predictor.predict({ ...model, tensors: tensors(1, { elements: 2 ** 31 }) });
    await expect(hungry).rejects.toMatchObject({ ...FAILED, message: 'the model needs more than 512 MB' });
    await expectRight(predictor, model, 2);
  });
});
