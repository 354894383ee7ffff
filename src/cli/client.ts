/** The command line's one door to the client. Types, and the error; the client itself is loaded when a command asks for it. */
export type * from '../client/index.js';
export { JuaraClientError } from '../client/JuaraClientError.js';
