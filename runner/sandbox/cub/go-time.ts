/** Times as Go prints them. They stay texts: the hub's fractions have more digits than a Date can hold. */

export const GO_ZERO_TIME = '0001-01-01T00:00:00Z';

const RFC_3339 = /^(\d{4}-\d\d-\d\d)[Tt](\d\d:\d\d:\d\d)(?:\.(\d+))?([Zz]|[+-]\d\d:\d\d)$/;

interface Parts {
  readonly date: string;
  readonly clock: string;
  /** With its dot, without trailing zeros; empty if there is none. */
  readonly fraction: string;
  /** `Z` or `+02:00`. */
  readonly zone: string;
}

function split(time: string): Parts {
  const [, date = '0001-01-01', clock = '00:00:00', digits = '', zone = 'Z'] = RFC_3339.exec(time) ?? [];
  const fraction = digits.slice(0, 9).replace(/0+$/, '');
  return { date, clock, fraction: fraction === '' ? '' : `.${fraction}`, zone: zone.toUpperCase() };
}

/** RFC 3339 with the shortest fraction: how encoding/json prints a time. */
export function encodeTime(time: string): string {
  const { date, clock, fraction, zone } = split(time);
  return `${date}T${clock}${fraction}${zone}`;
}

/** Time.String(): `2026-11-23 05:45:16.244 +0000 UTC`. */
export function describeTime(time: string): string {
  const { date, clock, fraction, zone } = split(time);
  const offset = zone === 'Z' ? '+0000 UTC' : `${zone.replace(':', '')} ${zone.replace(':', '')}`;
  return `${date} ${clock}${fraction} ${offset}`;
}

/** `2006-01-02 15:04:05`. */
export function shortTime(time: string): string {
  const { date, clock } = split(time);
  return `${date} ${clock}`;
}

/** RFC 3339 without fraction, as `--columns` prints times; empty for the zero time. */
export function columnTime(time: string): string {
  const { date, clock, zone } = split(time);
  return isZeroTime(time) ? '' : `${date}T${clock}${zone}`;
}

export function isZeroTime(time: string): boolean {
  return encodeTime(time) === GO_ZERO_TIME;
}
