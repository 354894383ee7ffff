const KEY = 'juara.token';

/**
 * The token that the page was opened with as ?token=..., once: it leaves the address, where history and screenshots would keep it, and
 * stays in this tab for reloads.
 */
export function takeToken(page: Window): string | null {
  const address = new URL(page.location.href);
  const given = address.searchParams.get('token');
  if (given !== null) {
    page.sessionStorage.setItem(KEY, given);
    address.searchParams.delete('token');
    page.history.replaceState(null, '', address);
  }
  return page.sessionStorage.getItem(KEY);
}
