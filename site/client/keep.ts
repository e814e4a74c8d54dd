/** What the browser keeps from page to page. One that keeps nothing may refuse even to be asked. */

/** What was kept. */
export function readKept(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** Keeps a choice, or with null forgets it; where that is refused, it holds until the page is left. */
export function keep(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // The page shows the choice anyway.
  }
}
