import type { Server as HttpServer, IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { FastifyBaseLogger } from 'fastify';
import { GRAPHQL_TRANSPORT_WS_PROTOCOL, type Server } from 'graphql-ws';
import { type WebSocket, WebSocketServer } from 'ws';
import { clientAddress } from './clientAddress.js';
import type { FormatClientError } from './clientErrors.js';
import { CloseCode } from './closeCodes.js';
import { errorAnswer } from './errorAnswer.js';
import { Outlet } from './fanout/outlet.js';
import { handshakeRefusal } from './handshakeRefusal.js';
import type { HttpParts } from './httpParts.js';
import type { LiveSocket } from './liveSocket.js';
import { refuseUpgrade } from './refuseUpgrade.js';
import { socketProtocol } from './socketProtocol.js';

/** A message is one operation; large inputs go by HTTP. */
export const MAX_MESSAGE_BYTES = 1024 * 1024;
/** A socket that has not answered the last ping by the next one is dead. Tokens are looked at anew in the same rhythm. */
const PING_INTERVAL_MS = 30_000;

/** The WebSocket side of /graphql: who may open one, how many, and how they end. */
export class GraphqlSockets {
  private readonly live = new Set<LiveSocket>();
  /** Open sockets by client address. */
  private readonly heldBy = new Map<string, number>();
  private readonly server: WebSocketServer;
  private readonly protocol: Server<LiveSocket>;
  private readonly heart: NodeJS.Timeout;
  private draining = false;

  constructor(
    private readonly parts: HttpParts,
    format: FormatClientError,
    private readonly log: FastifyBaseLogger,
  ) {
    this.protocol = socketProtocol(parts, format);
    this.server = new WebSocketServer({
      noServer: true,
      maxPayload: MAX_MESSAGE_BYTES,
      clientTracking: false,
      perMessageDeflate: false,
      handleProtocols: () => GRAPHQL_TRANSPORT_WS_PROTOCOL,
    });
    this.heart = setInterval(() => void this.beat(), PING_INTERVAL_MS);
    this.heart.unref();
  }

  attach(http: HttpServer): void {
    http.on('upgrade', (request, socket, head) => this.upgrade(request, socket, head));
  }

  count(): number {
    return this.live.size;
  }

  /** Ends every socket with 1001; resolves when all are closed, or have been cut off after `timeoutMs`. */
  async close(timeoutMs: number): Promise<void> {
    this.draining = true;
    clearInterval(this.heart);
    const all = [...this.live].map((l) => l.socket);
    const closed = all.map((socket) => new Promise((resolve) => socket.once('close', resolve)));
    for (const socket of all) socket.close(CloseCode.GoingAway, 'the server stops');
    const cutOff = setTimeout(() => {
      for (const socket of all) socket.terminate();
    }, timeoutMs);
    await Promise.all(closed);
    clearTimeout(cutOff);
  }

  /** Ends the sockets whose token holds no more. */
  async recheck(): Promise<void> {
    const sockets = [...this.live].filter((l) => l.acknowledged && l.authorization !== undefined);
    for (const { authorization, address } of new Map(sockets.map((l) => [l.authorization, l])).values()) {
      const refused = await this.parts.authenticate({ authorization, address, acknowledged: true }).then(
        () => null,
        (error: unknown) => errorAnswer(error, 0),
      );
      if (refused?.status !== 401) continue;
      const ended = sockets.filter((l) => l.authorization === authorization);
      for (const { socket } of ended) socket.close(CloseCode.Unauthorized, refused.message.slice(0, 100));
    }
  }

  private async beat(): Promise<void> {
    for (const live of this.live) {
      if (!live.alive) live.socket.terminate();
      live.alive = false;
      live.socket.ping();
    }
    await this.recheck();
  }

  private upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    // Until the handshake is done nobody else listens; without this a reset connection would end the process.
    socket.on('error', () => socket.destroy());
    const refused = this.draining ? { status: 503, message: 'the server stops' } : handshakeRefusal(request, this.parts.config);
    if (refused === null) this.server.handleUpgrade(request, socket, head, (ws) => this.open(ws, request));
    else refuseUpgrade(socket, refused.status, refused.message);
  }

  private open(socket: WebSocket, request: IncomingMessage): void {
    const { behindProxy, maxSocketsPerAddress } = this.parts.config;
    const address = clientAddress(request, behindProxy);
    // An oversized or malformed frame: ws closes the socket with the code that fits, and there is nothing to add.
    socket.on('error', (error) => this.log.debug({ err: error }, 'a WebSocket failed'));
    const held = this.heldBy.get(address) ?? 0;
    if (held >= maxSocketsPerAddress) {
      socket.close(CloseCode.TooManySockets, `more than ${maxSocketsPerAddress} sockets (JUARA_MAX_SOCKETS_PER_ADDRESS)`);
      return;
    }
    this.heldBy.set(address, held + 1);
    const live: LiveSocket = {
      socket,
      outlet: new Outlet(socket, this.parts.config.writeDeadlineMs),
      address,
      handshakeAuthorization: request.headers.authorization,
      authorization: undefined,
      acknowledged: false,
      alive: true,
    };
    this.live.add(live);
    this.talk(live);
  }

  private talk(live: LiveSocket): void {
    const { socket } = live;
    const closed = this.protocol.opened(
      {
        protocol: socket.protocol,
        send: (data) =>
          new Promise((resolve, reject) => {
            if (socket.readyState !== socket.OPEN) return resolve();
            // Resolved when the bytes have left this process: a client that does not read holds its own cursor back and nothing else.
            socket.send(data, (error) => (error == null ? resolve() : reject(error)));
          }),
        close: (code, reason) => socket.close(code, reason),
        onMessage: (handle) =>
          socket.on('message', (data) => void handle(String(data)).catch((error: unknown) => this.failed(socket, error))),
      },
      live,
    );
    socket.on('pong', () => {
      live.alive = true;
    });
    socket.once('close', (code, reason) => {
      this.forget(live);
      closed(code, String(reason)).catch((error: unknown) => this.log.error({ err: error }, 'a subscription did not end cleanly'));
    });
  }

  private forget(live: LiveSocket): void {
    this.live.delete(live);
    const left = (this.heldBy.get(live.address) ?? 1) - 1;
    if (left > 0) this.heldBy.set(live.address, left);
    else this.heldBy.delete(live.address);
  }

  private failed(socket: WebSocket, error: unknown): void {
    if (socket.readyState !== socket.OPEN) return;
    this.log.error({ err: error }, 'a WebSocket message could not be handled');
    socket.close(CloseCode.InternalServerError, 'Internal server error');
  }
}
