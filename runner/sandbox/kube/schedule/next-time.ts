/** When a schedule is due. */
import type { Calendar, Schedule } from './schedule.ts';
import { wallTime, type WallTime } from './time-zone.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** February 29 comes at least every eight years; what has not come by then never will. */
const HORIZON = 9 * 366 * 24 * HOUR;

/** The first time after `after` (milliseconds since 1970); undefined for a day that never comes. */
export function nextTime(schedule: Schedule, after: number, zone?: string): number | undefined {
  if ('everyMs' in schedule) return after + schedule.everyMs - (after % 1000);
  const { calendar } = schedule;
  let time = (Math.floor(after / MINUTE) + 1) * MINUTE;
  const end = after + HORIZON;
  while (time < end) {
    const wall = wallTime(time, zone);
    if (!isDay(calendar, wall) || !calendar.hour.numbers.has(wall.hour)) time += HOUR - wall.minute * MINUTE;
    else if (calendar.minute.numbers.has(wall.minute)) return time;
    else time += MINUTE;
  }
  return undefined;
}

/** Day and weekday are alternatives, unless one of them is a star. */
function isDay({ day, month, weekday }: Calendar, wall: WallTime): boolean {
  const byDay = day.numbers.has(wall.day);
  const byWeekday = weekday.numbers.has(wall.weekday);
  const both = day.isStar || weekday.isStar;
  return month.numbers.has(wall.month) && (both ? byDay && byWeekday : byDay || byWeekday);
}
