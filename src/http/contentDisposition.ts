/** `attachment` with the name in both forms of RFC 6266: ASCII for old readers, UTF-8 (RFC 8187) for all others. */
export function contentDisposition(name: string): string {
  // \p{C} holds lone surrogates too, which encodeURIComponent would throw on; cutting by code points makes no new ones.
  const plain = [...name.replace(/[\p{C}/\\]/gu, '_')].slice(0, 200).join('');
  const ascii = plain.replace(/[^\x20-\x7e]|["%]/g, '_');
  // encodeURIComponent leaves these five, of which RFC 8187 (attr-char) allows only the exclamation mark.
  const utf8 = encodeURIComponent(plain).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  return ascii === plain ? `attachment; filename="${plain}"` : `attachment; filename="${ascii}"; filename*=UTF-8''${utf8}`;
}
