import type { Server as HttpServer, IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { FastifyBaseLogger } from 'fastify';
import { GRAPHQL_TRANSPORT_WS_PROTOCOL, MessageType, parseMessage, type Server } from 'graphql-ws';
import { type WebSocket, WebSocketServer } from 'ws';
import { clientAddress } from './clientAddress.js';
import type { FormatClientError } from './clientErrors.js';
import { CloseCode } from './closeCodes.js';
import { Outlet } from './fanout/outlet.js';
import { handshakeRefusal } from './handshakeRefusal.js';
import type { HttpParts } from './httpParts.js';
import type { LiveSocket } from './liveSocket.js';
import { refuseUpgrade } from './refuseUpgrade.js';
import { socketProtocol } from './socketProtocol.js';
import { SocketRights } from './socketRights.js';

/** A message is one operation; large inputs go by HTTP. */
export const MAX_MESSAGE_BYTES = 1024 * 1024;
/** A socket that has not answered the last ping by the next one is dead. */
const PING_INTERVAL_MS = 30_000;

/** graphql-ws throws at them as if the fault were ours. */
const SERVER_ONLY: readonly MessageType[] = [MessageType.ConnectionAck, MessageType.Next, MessageType.Error];

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
      autoPong: false,
      perMessageDeflate: false,
      handleProtocols: () => GRAPHQL_TRANSPORT_WS_PROTOCOL,
    });
    this.heart = setInterval(() => this.beat(), PING_INTERVAL_MS);
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

  private beat(): void {
    for (const live of this.live) {
      if (!live.alive) live.socket.terminate();
      live.alive = false;
      live.socket.ping();
    }
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
    const rights = new SocketRights(socket, this.parts.deps.now);
    const live: LiveSocket = {
      socket,
      outlet: new Outlet(socket, this.parts.config.writeDeadlineMs, rights),
      rights,
      address,
      handshakeAuthorization: request.headers.authorization,
      authorization: undefined,
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
        send: (data) => live.outlet.reply(data),
        close: (code, reason) => socket.close(code, reason),
        onMessage: (handle) => socket.on('message', (data) => this.receive(live, String(data), handle)),
      },
      live,
    );
    socket.on('ping', (data) => live.outlet.pong(data));
    socket.on('pong', () => {
      live.alive = true;
    });
    socket.once('close', (code, reason) => {
      this.forget(live);
      closed(code, String(reason)).catch((error: unknown) => this.log.error({ err: error }, 'a subscription did not end cleanly'));
    });
  }

  private forget(live: LiveSocket): void {
    live.rights.forget();
    this.live.delete(live);
    const left = (this.heldBy.get(live.address) ?? 1) - 1;
    if (left > 0) this.heldBy.set(live.address, left);
    else this.heldBy.delete(live.address);
  }

  /** What still comes from a socket that is being closed counts for nothing. */
  private receive({ socket }: LiveSocket, text: string, handle: (text: string) => Promise<void>): void {
    if (socket.readyState !== socket.OPEN) return;
    handle(text).catch((error: unknown) => {
      if (socket.readyState !== socket.OPEN) return;
      if (SERVER_ONLY.includes(parseMessage(text).type)) return socket.close(CloseCode.BadRequest, 'only a server sends this message');
      this.log.error({ err: error }, 'a WebSocket message could not be handled');
      socket.close(CloseCode.InternalServerError, 'Internal server error');
    });
  }
}
