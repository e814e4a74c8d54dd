/** The text form of ids: every entity is known by a UUID. */
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** True for a UUID's text form. */
export function isUuid(text: string): boolean {
  return UUID.test(text);
}
