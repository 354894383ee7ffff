import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { ModelFile, Version } from './records.js';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'expected 64 lower-case hexadecimal digits');
const resourceSchema = z.object({ name: z.string(), algorithm: z.literal('sha256'), digest: sha256 });
// An unknown member is left out, as in-toto asks for; a predicate of another type says another thing of the files, and vouches for nothing.
const statementSchema = z.object({
  _type: z.literal('https://in-toto.io/Statement/v1'),
  subject: z.tuple([z.object({ name: z.string(), digest: z.object({ sha256 }) })]),
  predicateType: z.literal('https://model_signing/signature/v1.0'),
  predicate: z.object({
    resources: z.array(resourceSchema).min(1),
    serialization: z.object({ method: z.literal('files'), hash_type: z.literal('sha256') }),
  }),
});
type Statement = z.infer<typeof statementSchema>;

/**
 * Why the signed bytes are no statement on this version, null where they are: OpenSSF Model Signing 1.0, its subject named
 * `<model>_v<version>`, its resources exactly the version's files.
 */
export function statementFault(payload: string, version: Pick<Version, 'id' | 'files'>): string | null {
  const read = readStatement(payload);
  if (typeof read === 'string') return read;
  const [subject] = read.subject;
  const { resources } = read.predicate;
  if (subject.name !== version.id) return `it speaks of ${JSON.stringify(subject.name.slice(0, 200))}, not of ${version.id}`;
  const root = createHash('sha256');
  for (const { digest } of resources) root.update(digest, 'hex');
  if (root.digest('hex') !== subject.digest.sha256) return "the subject's digest is not that of its resources";
  return filesFault(resources, version);
}

function filesFault(
  resources: Statement['predicate']['resources'],
  { id, files }: { id: string; files: readonly ModelFile[] },
): string | null {
  const signed = new Map(resources.map((r) => [r.name, r.digest]));
  if (signed.size !== resources.length) return 'it names a file twice';
  for (const { name, sha256: digest } of files) {
    const said = signed.get(name);
    if (said === undefined) return `it does not cover ${name}`;
    if (said !== digest) return `it covers ${name} with SHA-256 ${said}, ${id} has ${digest}`;
    signed.delete(name);
  }
  const [more] = signed.keys();
  return more === undefined ? null : `it covers ${JSON.stringify(more.slice(0, 200))}, which ${id} does not have`;
}

/** The statement, or what is wrong with it. */
function readStatement(payload: string): Statement | string {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.from(payload, 'base64'));
    const json: unknown = JSON.parse(text);
    if (membersWritten(text) !== membersKept(json)) return 'its payload names a member twice';
    const parsed = statementSchema.safeParse(json);
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    return `its payload is no statement of OpenSSF Model Signing 1.0: ${issue?.path.join('.') || 'the payload'}: ${issue?.message ?? 'unreadable'}`;
  } catch {
    return 'its payload is not JSON in UTF-8';
  }
}

/** Outside of texts a colon stands after a member's name and nowhere else. */
function membersWritten(json: string): number {
  return json.replaceAll(/"(?:[^"\\]|\\.)*"/g, '').split(':').length - 1;
}

/** JSON.parse keeps the last of two members of one name, other readers the first: what is signed must mean one thing. */
function membersKept(value: unknown): number {
  if (value === null || typeof value !== 'object') return 0;
  const inside = Object.values(value).reduce<number>((sum, item) => sum + membersKept(item), 0);
  return inside + (Array.isArray(value) ? 0 : Object.keys(value).length);
}
