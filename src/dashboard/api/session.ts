const KEY = 'juara.token';

/**
 * The token that the page was opened with as ?token=..., once: it leaves the address, where history and screenshots would keep it, and
 * stays in this tab for reloads.
 */
export function takeToken(page: Window): void {
  const address = new URL(page.location.href);
  const given = address.searchParams.get('token');
  if (given === null) return;
  address.searchParams.delete('token');
  page.history.replaceState(null, '', address);
  page.sessionStorage.setItem(KEY, given);
}

export function storedToken(): string | null {
  return sessionStorage.getItem(KEY);
}

/** Null: signed out. Takes effect with the next start of the page. */
export function storeToken(token: string | null): void {
  if (token === null) sessionStorage.removeItem(KEY);
  else sessionStorage.setItem(KEY, token);
}

export function authorization(): Record<string, string> {
  const token = storedToken();
  return token === null ? {} : { authorization: `Bearer ${token}` };
}
