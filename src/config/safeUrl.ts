const ON_THIS_MACHINE = /^http:\/\/(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?(\/|$)/;

/** True for a URL whose answer nobody on the way can change: https, or plain http to this machine. Without credentials and fragment. */
export function safeUrl(url: string): boolean {
  return URL.canParse(url) && /^[^\s#@]+$/.test(url) && (url.startsWith('https://') || ON_THIS_MACHINE.test(url));
}
