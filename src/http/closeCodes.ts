/**
 * Every code that this server closes a WebSocket with. 1xxx are of RFC 6455; 44xx of the graphql-transport-ws protocol; the rest are ours.
 * A client should connect again, with the cursor that it holds, after 1001, 1013, 4292, 4500 and (later) 4290, and no other.
 */
export enum CloseCode {
  /** The server stops. */
  GoingAway = 1001,
  /** A message larger than MAX_MESSAGE_BYTES. */
  MessageTooLarge = 1009,
  /** The identity provider does not answer, so that the token cannot be checked (IANA's registry of close codes). */
  TryAgainLater = 1013,
  /** The address holds JUARA_MAX_SOCKETS_PER_ADDRESS sockets already. */
  TooManySockets = 4290,
  /** More than JUARA_MAX_SUBSCRIPTIONS_PER_SOCKET operations at once. */
  TooManySubscriptions = 4291,
  /** Nothing was read for JUARA_WRITE_DEADLINE_MS. The cursor of the last event that came is where to go on. */
  TooSlow = 4292,
  /** The token is not valid, and JUARA_MAX_FAILED_LOGINS of this address were not either within the last minute. */
  TooManyFailedLogins = 4293,
  /** Not a message of the protocol, or one that only a server may send. */
  BadRequest = 4400,
  /** The token of ConnectionInit is unknown, expired or revoked; or an operation came before it. */
  Unauthorized = 4401,
  /** The rights of the token have ended or changed since: it has expired, was revoked, or has another role or other models. At ConnectionInit: an access token gives no role here. */
  Forbidden = 4403,
  /** No ConnectionInit within JUARA_CONNECTION_INIT_TIMEOUT_MS. */
  ConnectionInitTimeout = 4408,
  /** The id of an operation that still runs was used again. */
  IdInUse = 4409,
  /** ConnectionInit was sent twice. */
  TooManyInits = 4429,
  /** A fault of the server; the log has it. */
  InternalServerError = 4500,
}
