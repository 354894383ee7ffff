import type { Checkpoint } from '../../src/domain/checkpoint.js';
import { type AckLine, policyMark, validationMark } from './records.js';
import type { Seeded } from './seeded.js';
import type { ModelGuess } from './world.js';

interface Changed {
  readonly event: { readonly seq: number; readonly hash: string } | null;
  readonly checkpoint: (Omit<Checkpoint, 'at'> & { readonly at: string }) | null;
}

/** What the changes are answered with; each looks at its own. */
export interface Answers {
  readonly setPolicy: { readonly revision: number };
  readonly registerVersion: { readonly version: string };
  readonly promote: Changed;
  readonly rollback: Changed;
}

/** One change, ready to be sent as often as it takes. */
export interface Write {
  /** Null: only the answer can tell what marks its event. */
  readonly mark: string | null;
  /** It may be sent again: with an idempotency key, or because its event can't happen twice. */
  readonly once: boolean;
  readonly query: string;
  readonly variables: object;
  /** The version that it is about, where a refusal says that the writer had it wrong. */
  readonly version?: string;
  /** What the answer acknowledges; null: that nothing was changed. */
  readonly acknowledged: (answers: Answers) => Omit<AckLine, 'k'> | null;
}

interface Chance {
  readonly guess: ModelGuess;
  readonly random: Seeded;
  /** A word that no other write carries. */
  readonly mark: string;
  /** Digest of the file that every version has. */
  readonly file: string;
}

/** Null where the writer knows of nothing that it could be done to. */
type Make = (chance: Chance) => Write | null;

const CHANGED = 'event { seq hash } checkpoint { seq hash at publicKey signature }';

function change(mark: string, { event, checkpoint }: Changed): Omit<AckLine, 'k'> | null {
  if (event === null) return null;
  return { mark, ...event, ...(checkpoint === null ? {} : { checkpoint: { ...checkpoint, at: Date.parse(checkpoint.at) } }) };
}

const setPolicy: Make = ({ guess, random }) => ({
  mark: null,
  once: false,
  query: 'mutation ($input: SetPolicyInput!) { setPolicy(input: $input) { revision } }',
  variables: {
    input: {
      model: guess.name,
      minImprovement: random.real(0, 0.1),
      ...(random.chance(0.2) ? { expectedRevision: guess.policyRevision } : {}),
    },
  },
  acknowledged: ({ setPolicy: { revision } }) => {
    guess.policyRevision = Math.max(guess.policyRevision, revision);
    return { mark: policyMark(guess.name, revision) };
  },
});

const register = ({ guess, mark, file }: Chance): Write => ({
  mark,
  once: true,
  query: 'mutation ($input: RegisterVersionInput!) { registerVersion(input: $input) { version } }',
  variables: { input: { model: guess.name, architecture: mark, files: [{ name: 'weights.bin', sha256: file }], idempotencyKey: mark } },
  acknowledged: ({ registerVersion: { version } }) => {
    guess.set(version, 'CHALLENGER');
    return { mark };
  },
});

/** Half of the writers' promotions name the champion that they believe in, and some leave the decision to the policy. */
const promote: Make = ({ guess, random, mark }) => {
  const version = guess.pick(random, 'CHALLENGER');
  if (version === undefined) return null;
  const expected = random.chance(0.5) && guess.champion !== undefined ? { expectedChampion: guess.champion } : {};
  const override = random.chance(0.9) ? { overrideReason: mark } : {};
  return {
    mark,
    once: true,
    version,
    query: `mutation ($input: PromoteInput!) { promote(input: $input) { ${CHANGED} } }`,
    variables: { input: { model: guess.name, version, reason: mark, idempotencyKey: mark, ...expected, ...override } },
    acknowledged: ({ promote: answer }) => {
      if (answer.event !== null) guess.set(version, 'CHAMPION');
      return change(mark, answer);
    },
  };
};

const rollback: Make = ({ guess, random, mark }) => {
  const version = guess.pick(random, 'ARCHIVED');
  if (version === undefined) return null;
  const expected = random.chance(0.5) && guess.champion !== undefined ? { expectedChampion: guess.champion } : {};
  return {
    mark,
    once: true,
    version,
    query: `mutation ($input: RollbackInput!) { rollback(input: $input) { ${CHANGED} } }`,
    variables: { input: { model: guess.name, version, reason: mark, idempotencyKey: mark, ...expected } },
    acknowledged: ({ rollback: answer }) => {
      guess.set(version, 'CHAMPION');
      return change(mark, answer);
    },
  };
};

const reject: Make = ({ guess, random, mark }) => {
  const version = guess.pick(random, 'CHALLENGER');
  if (version === undefined) return null;
  return {
    mark,
    once: false,
    version,
    query: 'mutation ($input: RejectInput!) { reject(input: $input) { version } }',
    variables: { input: { model: guess.name, version, reason: mark } },
    acknowledged: () => {
      guess.set(version, 'REJECTED');
      return { mark };
    },
  };
};

const nominate: Make = ({ guess, random, mark }) => {
  const version = guess.pick(random, 'ARCHIVED', 'REJECTED');
  if (version === undefined) return null;
  return {
    mark,
    once: false,
    version,
    query: 'mutation ($input: NominateInput!) { nominate(input: $input) { version } }',
    variables: { input: { model: guess.name, version, reason: mark } },
    acknowledged: () => {
      guess.set(version, 'CHALLENGER');
      return { mark };
    },
  };
};

const addTrainingEvent: Make = ({ guess, mark }) => ({
  mark,
  once: true,
  query: 'mutation ($model: String!, $events: [TrainingEventInput!]!) { addTrainingEvents(model: $model, events: $events) { eventId } }',
  variables: { model: guess.name, events: [{ eventId: mark, date: '2026-02-10', labels: [] }] },
  acknowledged: () => {
    guess.pending.push(mark);
    return { mark };
  },
});

/** Taken off the list at once: no two writers go for the same one. */
const validateTrainingEvent: Make = ({ guess }) => {
  const eventId = guess.pending.shift();
  if (eventId === undefined) return null;
  const mark = validationMark(eventId);
  return {
    mark,
    once: true,
    query: 'mutation ($model: String!, $ids: [String!]!) { validateTrainingEvents(model: $model, eventIds: $ids) { eventId } }',
    variables: { model: guess.name, ids: [eventId] },
    acknowledged: () => {
      guess.validated.push(eventId);
      return { mark };
    },
  };
};

/** Keeps the pool small, so that a training becomes due again and again. */
const discardTrainingEvent: Make = ({ guess, mark }) => {
  const eventId = guess.validated.shift();
  if (eventId === undefined) return null;
  return {
    mark,
    once: false,
    query: `mutation ($model: String!, $eventId: String!, $reason: String!) {
      discardTrainingEvent(model: $model, eventId: $eventId, reason: $reason) { eventId }
    }`,
    variables: { model: guess.name, eventId, reason: mark },
    acknowledged: () => ({ mark }),
  };
};

/**
 * Three quarters change a policy, which is a row and an event: so many a second that each kill and cut meets some. Those that make rows
 * and folders for ever are seldom: a long run must not slow down by what it has left behind.
 */
const WEIGHTS: readonly (readonly [weight: number, make: Make])[] = [
  [84, setPolicy],
  [2, addTrainingEvent],
  [2, validateTrainingEvent],
  [2, discardTrainingEvent],
  [2, register],
  [7, promote],
  [7, rollback],
  [2, reject],
  [4, nominate],
];
const BAG: readonly Make[] = WEIGHTS.flatMap(([weight, make]) => Array<Make>(weight).fill(make));

/** The next change of a writer, by chance. */
export function nextWrite(chance: Chance): Write {
  return chance.random.pick(BAG)?.(chance) ?? register(chance);
}
