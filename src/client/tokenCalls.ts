import type { Connection } from './connection.js';
import { operation } from './operation.js';

export type Role = 'VIEWER' | 'AUTOMATION' | 'OPERATOR' | 'ADMIN';

export interface TokenInfo {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  /** Null: every model. */
  readonly models: readonly string[] | null;
  readonly createdAt: string;
  readonly expiresAt: string | null;
  readonly revokedAt: string | null;
}

export interface CreateTokenInput {
  readonly name: string;
  readonly role: Role;
  /** RFC 3339. */
  readonly expiresAt?: string;
  readonly models?: readonly string[];
}

/** What is left out stays as it is. */
export interface UpdateTokenInput {
  readonly id: string;
  readonly name?: string;
  readonly role?: Role;
  /** Null: every model. */
  readonly models?: readonly string[] | null;
  /** RFC 3339; null: never. */
  readonly expiresAt?: string | null;
}

/** The secret is shown this once. */
export interface CreatedToken {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly secret: string;
}

const FIELDS = 'id name role models createdAt expiresAt revokedAt';
const LIST = operation<{ tokens: TokenInfo[] }, Record<string, never>>(`query Tokens { tokens { ${FIELDS} } }`);
const CREATE = operation<{ createToken: CreatedToken }, { input: CreateTokenInput }>(
  'mutation CreateToken($input: CreateTokenInput!) { createToken(input: $input) { id name role secret } }',
);
const UPDATE = operation<{ updateToken: TokenInfo }, { input: UpdateTokenInput }>(
  `mutation UpdateToken($input: UpdateTokenInput!) { updateToken(input: $input) { ${FIELDS} } }`,
);
const REVOKE = operation<{ revokeToken: boolean }, { id: string }>('mutation RevokeToken($id: ID!) { revokeToken(id: $id) }');
const VIEWER = operation<{ viewer: { name: string; role: Role } }, Record<string, never>>('query Viewer { viewer { name role } }');

export interface TokenCalls {
  /** Whom the server takes the caller for. */
  viewer(): Promise<{ readonly name: string; readonly role: Role }>;
  getTokens(): Promise<readonly TokenInfo[]>;
  createToken(input: CreateTokenInput): Promise<CreatedToken>;
  updateToken(input: UpdateTokenInput): Promise<TokenInfo>;
  /** False where it had been revoked before. */
  revokeToken(id: string): Promise<boolean>;
}

export function tokenCalls({ query }: Connection): TokenCalls {
  return {
    viewer: async () => (await query(VIEWER)).viewer,
    getTokens: async () => (await query(LIST)).tokens,
    createToken: async (input) => (await query(CREATE, { input })).createToken,
    updateToken: async (input) => (await query(UPDATE, { input })).updateToken,
    revokeToken: async (id) => (await query(REVOKE, { id })).revokeToken,
  };
}
