/** Reads cron schedules as the library of Kubernetes does (robfig/cron, ParseStandard), with its words for mistakes. */
import type { Schedule, ScheduleField } from './schedule.ts';

interface Bounds {
  readonly min: number;
  readonly max: number;
  readonly names: readonly string[];
}

const months = ' jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const weekdays = 'sun mon tue wed thu fri sat'.split(' ');
const bounds = {
  minute: { min: 0, max: 59, names: [] },
  hour: { min: 0, max: 23, names: [] },
  day: { min: 1, max: 31, names: [] },
  month: { min: 1, max: 12, names: months },
  weekday: { min: 0, max: 6, names: weekdays },
} as const satisfies Record<string, Bounds>;

const descriptors: Readonly<Record<string, string>> = {
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
};

class ScheduleError extends Error {}

/** What is wrong with the text; undefined where it is a schedule. */
export function cronProblem(text: string): string | undefined {
  try {
    parse(text);
    return undefined;
  } catch (error) {
    if (error instanceof ScheduleError) return error.message;
    throw error;
  }
}

/** The schedule; undefined where the text is none. */
export function parseSchedule(text: string): Schedule | undefined {
  return cronProblem(text) === undefined ? parse(text) : undefined;
}

function parse(text: string): Schedule {
  if (/^(CRON_)?TZ=\S* /.test(text)) return parse(text.slice(text.indexOf(' ') + 1).trim());
  if (text.startsWith('@every ')) return { everyMs: parseInterval(text.slice('@every '.length)) };
  if (text.startsWith('@') && descriptors[text] === undefined)
    throw new ScheduleError(`unrecognized descriptor: ${text}`);
  const parts = (descriptors[text] ?? text)
    .trim()
    .split(/\s+/)
    .filter((part) => part !== '');
  if (parts.length !== 5)
    throw new ScheduleError(`expected exactly 5 fields, found ${parts.length}: [${parts.join(' ')}]`);
  const [minute = '', hour = '', day = '', month = '', weekday = ''] = parts;
  return {
    calendar: {
      minute: parseField(minute, bounds.minute),
      hour: parseField(hour, bounds.hour),
      day: parseField(day, bounds.day),
      month: parseField(month, bounds.month),
      weekday: parseField(weekday, bounds.weekday),
    },
  };
}

function parseInterval(text: string): number {
  const match = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/.exec(text);
  if (match === null || text === '')
    throw new ScheduleError(`failed to parse duration @every ${text}: time: invalid duration "${text}"`);
  const [, hours = '0', minutes = '0', seconds = '0'] = match;
  return Math.max(1, Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000;
}

function parseField(text: string, within: Bounds): ScheduleField {
  const ranges = text
    .split(',')
    .filter((part) => part !== '')
    .map((part) => parseRange(part, within));
  return {
    numbers: new Set(ranges.flatMap(({ numbers }) => [...numbers])),
    isStar: ranges.some(({ isStar }) => isStar),
  };
}

function parseRange(text: string, within: Bounds): ScheduleField {
  const [range = '', stepText, ...moreSteps] = text.split('/');
  const [low = '', high, ...moreBounds] = range.split('-');
  const isStar = low === '*' || low === '?';
  const start = isStar ? within.min : parseNumber(low, within);
  if (!isStar && moreBounds.length > 0) throw new ScheduleError(`too many hyphens: ${text}`);
  let end = isStar ? within.max : high === undefined ? start : parseNumber(high, within);
  const step = stepText === undefined ? 1 : parseNumber(stepText, { ...within, names: [] });
  if (moreSteps.length > 0) throw new ScheduleError(`too many slashes: ${text}`);
  if (stepText !== undefined && high === undefined) end = within.max;
  checkRange(start, end, step, within, text);
  const numbers = new Set<number>();
  for (let number = start; number <= end; number += step) numbers.add(number);
  return { numbers, isStar: isStar && step === 1 };
}

function checkRange(start: number, end: number, step: number, { min, max }: Bounds, text: string): void {
  const head = `beginning of range (${start})`;
  if (start < min) throw new ScheduleError(`${head} below minimum (${min}): ${text}`);
  if (end > max) throw new ScheduleError(`end of range (${end}) above maximum (${max}): ${text}`);
  if (start > end) throw new ScheduleError(`${head} beyond end of range (${end}): ${text}`);
  if (step === 0) throw new ScheduleError(`step of range should be a positive number: ${text}`);
}

function parseNumber(text: string, { names }: Bounds): number {
  const named = text === '' ? -1 : names.indexOf(text.toLowerCase());
  if (named >= 0) return named;
  if (/^[+-]?\d{1,18}$/.test(text)) {
    const number = Number(text);
    if (number < 0) throw new ScheduleError(`negative number (${number}) not allowed: ${text}`);
    return number;
  }
  const why = `strconv.Atoi: parsing ${JSON.stringify(text)}: invalid syntax`;
  throw new ScheduleError(`failed to parse int from ${text}: ${why}`);
}
