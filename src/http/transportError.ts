/** Codes of refusals that come before any operation is known; docs/errors.md lists them after those of the domain. */
export const TRANSPORT_CODES = {
  BAD_REQUEST: { status: 400, text: 'The HTTP request is malformed. The message says where.' },
  NOT_FOUND: { status: 404, text: 'There is nothing at this address.' },
  METHOD_NOT_ALLOWED: { status: 405, text: 'The address does not answer to this method.' },
  RANGE_NOT_SATISFIABLE: { status: 416, text: 'The Range lies behind the end of the artifact; Content-Range names its size.' },
  REQUEST_TIMEOUT: { status: 408, text: 'The request took too long to arrive (JUARA_REQUEST_TIMEOUT_MS). Send it again, in one go.' },
  HEADERS_TOO_LARGE: { status: 431, text: 'The head of the request is too large, most often because of its token.' },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, text: 'The Content-Type is not one that the address takes. GraphQL takes application/json.' },
  UNAVAILABLE: { status: 503, text: 'The server is stopping, or its database or identity provider does not answer. Try again.' },
  INTERNAL_SERVER_ERROR: { status: 500, text: 'A fault of the server. Its log has the particulars.' },
} as const;

export type TransportCode = keyof typeof TRANSPORT_CODES;

export class TransportError extends Error {
  override readonly name = 'TransportError';
  constructor(
    readonly code: TransportCode,
    message: string,
  ) {
    super(message);
  }
}
