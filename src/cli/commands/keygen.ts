import { createHash, generateKeyPairSync } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { usage } from '../CliError.js';
import { EXIT } from '../exitCode.js';
import { type Cli, settle } from '../leaf.js';
import { createSession } from '../session.js';

/** Makes a key pair on this machine; nothing of it is sent anywhere. */
export function addKeygen(program: Command, cli: Cli): void {
  program
    .command('keygen')
    .description('make an Ed25519 key to sign versions with: <file> (keep it secret) and <file>.pub')
    .argument('<file>')
    .option('--json', 'answer with JSON')
    .action((file: string, { json = false }: { json?: boolean }) =>
      settle(cli, async () => {
        const { privateKey, publicKey } = generateKeyPairSync('ed25519');
        await writeNew(file, privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), 0o600);
        await writeNew(`${file}.pub`, publicKey.export({ type: 'spki', format: 'pem' }).toString(), 0o644);
        const der = publicKey.export({ type: 'spki', format: 'der' });
        const made = { privateKey: file, publicKey: `${file}.pub`, keyId: createHash('sha256').update(der).digest('hex') };
        const session = createSession(cli.io, { json });
        if (json) await session.data(made);
        else await session.line(`${made.privateKey} signs, ${made.publicKey} is for policies; key id ${made.keyId}`);
        return EXIT.OK;
      }),
    );
}

/** A key that is there already is somebody's: it is never written over. */
async function writeNew(path: string, text: string, mode: number): Promise<void> {
  await writeFile(path, text, { mode, flag: 'wx' }).catch((error: Error) => {
    throw usage(`${path} cannot be written: ${error.message}`);
  });
}
