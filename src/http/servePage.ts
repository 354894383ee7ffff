import { createReadStream } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { createGzip } from 'node:zlib';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { TransportError } from './transportError.js';

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.ttf': 'font/ttf',
};

/** Fonts and images are packed already. */
const PACKED = ['.js', '.css', '.svg'];

/**
 * Everything from here and nothing from elsewhere. Mantine and the editor write style elements while they run, hence unsafe-inline for
 * styles: a style that someone smuggled in could neither run anything nor, with all loading bound to this server, tell anyone anything.
 */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self' data:",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** In the place of, and beside, those of every answer (SAFE_HEADERS). The page asks for nothing of the device that it runs on. */
const PAGE_HEADERS = {
  'content-security-policy': POLICY,
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()',
};

export interface BuiltPage {
  send(reply: FastifyReply): Promise<FastifyReply>;
}

export interface PageOptions {
  /** The built page: index.html and assets/. */
  readonly folder: string;
  /** Where the page's build looks for its files (`base` of its vite.config.ts). */
  readonly base: string;
  /** Script of package.json that builds it. */
  readonly script: string;
}

/** Serves a built page to whoever calls send(), and its files. Only files of the folder itself. */
export function servePage(app: FastifyInstance, { folder, base, script }: PageOptions): BuiltPage {
  app.get<{ Params: { file: string } }>(`${base}assets/:file`, { config: { requires: 'open' } }, async (request, reply) => {
    const { file } = request.params;
    const files: string[] = await readdir(join(folder, 'assets')).catch(() => []);
    const mediaType = MEDIA_TYPES[extname(file)];
    if (mediaType === undefined || !files.includes(file)) throw new TransportError('NOT_FOUND', 'the page has no such file');
    reply.headers({ ...PAGE_HEADERS, 'content-type': mediaType, 'cache-control': 'public, max-age=31536000, immutable' });
    const bytes = createReadStream(join(folder, 'assets', file));
    if (!PACKED.includes(extname(file)) || !/\bgzip\b/.test(request.headers['accept-encoding'] ?? '')) return reply.send(bytes);
    return reply.headers({ 'content-encoding': 'gzip', vary: 'accept-encoding' }).send(bytes.pipe(createGzip()));
  });
  return {
    async send(reply) {
      const html = await readFile(join(folder, 'index.html'), 'utf8').catch(() => null);
      if (html === null) throw new TransportError('NOT_FOUND', `the page is not built: npm run ${script}`);
      return reply.headers({ ...PAGE_HEADERS, 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache' }).send(html);
    },
  };
}
