/**
 * Every code that this server closes a WebSocket with. 1xxx are of RFC 6455; 44xx of the graphql-transport-ws protocol, which also
 * defines 4400 (malformed message), 4408 (no ConnectionInit in time), 4409 (an id used twice) and 4429 (ConnectionInit sent twice);
 * the rest are ours. A client should connect again, with the cursor that it holds, after 1001, 1013, 4292, 4500 and (later) 4290, and no other.
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
  /** The token is unknown, expired or revoked, also when that happens later. */
  Unauthorized = 4401,
  /** The access token gives no role here. */
  Forbidden = 4403,
  /** A fault of the server; the log has it. */
  InternalServerError = 4500,
}
