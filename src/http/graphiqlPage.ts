import { createReadStream } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { TransportError } from './transportError.js';

/** Where the build says that its scripts and styles are (src/graphiql/vite.config.ts). */
const ASSETS_PATH = '/graphiql-assets/assets';

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.ttf': 'font/ttf',
};

/** Everything from here and nothing from elsewhere. The editor sets styles on its elements, hence unsafe-inline for those. */
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

const SAFE = { 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer', 'content-security-policy': POLICY };

export interface GraphiqlPage {
  send(reply: FastifyReply): Promise<FastifyReply>;
}

/** Serves the built GraphiQL: its page at / (with ?token=... it signs in) and to whoever calls send(), its assets under /graphiql-assets/assets/. Only files of the folder itself. */
export function serveGraphiql(app: FastifyInstance, folder: string): GraphiqlPage {
  app.get<{ Params: { file: string } }>(`${ASSETS_PATH}/:file`, async (request, reply) => {
    const { file } = request.params;
    const files: string[] = await readdir(join(folder, 'assets')).catch(() => []);
    const mediaType = MEDIA_TYPES[extname(file)];
    if (mediaType === undefined || !files.includes(file)) throw new TransportError('NOT_FOUND', 'the GraphiQL page has no such file');
    reply.headers({ ...SAFE, 'content-type': mediaType, 'cache-control': 'public, max-age=31536000, immutable' });
    return reply.send(createReadStream(join(folder, 'assets', file)));
  });
  const page: GraphiqlPage = {
    async send(reply) {
      const html = await readFile(join(folder, 'index.html'), 'utf8').catch(() => null);
      if (html === null) throw new TransportError('NOT_FOUND', 'the GraphiQL page is not built: npm run build:graphiql');
      return reply.headers({ ...SAFE, 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache' }).send(html);
    },
  };
  app.get('/', (_request, reply) => page.send(reply));
  return page;
}
