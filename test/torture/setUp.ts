import { createHash, randomBytes } from 'node:crypto';
import { demand } from './ask.js';

export const MODELS = ['alpha', 'beta', 'gamma', 'delta'];

/** Makes the models, and uploads the one file that every version will have. Resolves to its digest. */
export async function setUp(url: string, token: string): Promise<string> {
  for (const name of MODELS)
    await demand(url, token, 'mutation ($name: String!) { createModel(input: { name: $name }) { name } }', { name });
  const bytes = randomBytes(1024);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const headers = { authorization: `Bearer ${token}` };
  const response = await fetch(`${url}/artifacts/${sha256}`, { method: 'PUT', headers, body: new Uint8Array(bytes) });
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
  return sha256;
}
