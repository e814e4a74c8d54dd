/** What a cron schedule is once it is read: which minutes, hours, days and months it names, or an interval. */

/** A field of a schedule: the numbers that it names, and whether it was a star. */
export interface ScheduleField {
  readonly numbers: ReadonlySet<number>;
  readonly isStar: boolean;
}

export interface Calendar {
  readonly minute: ScheduleField;
  readonly hour: ScheduleField;
  readonly day: ScheduleField;
  readonly month: ScheduleField;
  readonly weekday: ScheduleField;
}

/** Either of the calendar, or `@every` so many milliseconds. */
export type Schedule = { readonly calendar: Calendar } | { readonly everyMs: number };
