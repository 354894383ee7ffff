import { demand } from './ask.js';
import type { Seeded } from './seeded.js';
import type { Shared } from './shared.js';

type Status = 'CHALLENGER' | 'CHAMPION' | 'ARCHIVED' | 'REJECTED';

/** What the writers believe of one model, from the answers that they got. Others' writes make it wrong at times: those are refused. */
export class ModelGuess {
  policyRevision = 1;
  /** Training events that are in the pool. */
  readonly pending: string[] = [];
  readonly validated: string[] = [];
  private readonly statuses = new Map<string, Status>();

  constructor(readonly name: string) {}

  set(version: string, status: Status): void {
    if (status === 'CHAMPION') for (const [other, was] of this.statuses) if (was === 'CHAMPION') this.statuses.set(other, 'ARCHIVED');
    this.statuses.set(version, status);
  }

  get champion(): string | undefined {
    return this.among('CHAMPION')[0];
  }

  pick(random: Seeded, ...statuses: Status[]): string | undefined {
    return random.pick(this.among(...statuses));
  }

  private among(...statuses: Status[]): string[] {
    return [...this.statuses].filter(([, status]) => statuses.includes(status)).map(([version]) => version);
  }
}

const STATE = `query ($model: String!, $version: SemVer!) {
  model(name: $model) { champion { version } policy { revision } }
  version(model: $model, version: $version) { status }
}`;

/** Reads what a refusal says the writers had wrong. Best effort: the server may be gone again. */
export async function correct(guess: ModelGuess, version: string | undefined, { url, token }: Shared): Promise<void> {
  const state = await demand<State>(url, token, STATE, { model: guess.name, version: version ?? '0.0.0' }).catch(() => null);
  if (state === null) return;
  if (version !== undefined && state.version !== null) guess.set(version, state.version.status);
  if (state.model.champion !== null) guess.set(state.model.champion.version, 'CHAMPION');
  guess.policyRevision = Math.max(guess.policyRevision, state.model.policy.revision);
}

interface State {
  readonly model: { readonly champion: { readonly version: string } | null; readonly policy: { readonly revision: number } };
  readonly version: { readonly status: Status } | null;
}
