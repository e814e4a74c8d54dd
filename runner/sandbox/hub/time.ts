/** Times on the wire: RFC 3339 in UTC with milliseconds, so that texts sort like times. */

/** Go's zero time: "never". */
export const ZERO_TIME = '0001-01-01T00:00:00Z';

/** Milliseconds since 1970 as RFC 3339. */
export function formatTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

const RFC_3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/;

/** True for a whole RFC 3339 time. */
export function isTime(text: string): boolean {
  return RFC_3339.test(text) && !Number.isNaN(Date.parse(text));
}

/** Any RFC 3339 time (nanoseconds too) in our form; undefined if it is none or the zero time. */
export function normaliseTime(text: unknown): string | undefined {
  if (typeof text !== 'string' || !/^\d{4}-\d\d-\d\dT/.test(text)) return undefined;
  const milliseconds = Date.parse(text);
  return Number.isNaN(milliseconds) || milliseconds < 0 ? undefined : formatTime(milliseconds);
}

/** A time or the beginning of one (`2025`, `2025-02-18T23`) as its first moment; UTC unless it names a zone. */
export function expandTime(prefix: string): string | undefined {
  const match =
    /^(\d{4}(?:-\d\d(?:-\d\d(?:T\d\d(?::\d\d(?::\d\d(?:\.\d{1,9})?)?)?)?)?)?)(Z|[+-]\d\d:\d\d)?$/.exec(
      prefix,
    );
  if (match === null) return undefined;
  const [, given = '', zone = 'Z'] = match;
  const milliseconds = Date.parse(`${given}${'0000-01-01T00:00:00'.slice(given.length)}${zone}`);
  return Number.isNaN(milliseconds) ? undefined : formatTime(milliseconds);
}
