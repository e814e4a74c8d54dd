/** Ages as every kubectl table shows them: a port of apimachinery's `duration.HumanDuration`. */

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;
const year = 365 * day;

/** Two units at most, coarser with age: `119s`, `2m`, `9m59s`, `10m`, `7h59m`, `47h`, `7d23h`, `8d`, `2y`, `8y`. */
export function renderHumanDuration(milliseconds: number): string {
  const seconds = Math.trunc(milliseconds / 1000);
  if (seconds < -1) return '<invalid>';
  if (seconds < 0) return '0s';
  if (seconds < 2 * minute) return `${seconds}s`;
  if (seconds < 10 * minute) return twoUnits(seconds, [minute, 'm'], [1, 's']);
  if (seconds < 3 * hour) return oneUnit(seconds, minute, 'm');
  if (seconds < 8 * hour) return twoUnits(seconds, [hour, 'h'], [minute, 'm']);
  if (seconds < 2 * day) return oneUnit(seconds, hour, 'h');
  if (seconds < 8 * day) return twoUnits(seconds, [day, 'd'], [hour, 'h']);
  if (seconds < 2 * year) return oneUnit(seconds, day, 'd');
  if (seconds < 8 * year) return twoUnits(seconds, [year, 'y'], [day, 'd']);
  return oneUnit(seconds, year, 'y');
}

type Unit = readonly [seconds: number, letter: string];

function oneUnit(seconds: number, unit: number, letter: string): string {
  return `${Math.floor(seconds / unit)}${letter}`;
}

function twoUnits(seconds: number, [large, letter]: Unit, [small, smallLetter]: Unit): string {
  const rest = Math.floor((seconds % large) / small);
  return `${Math.floor(seconds / large)}${letter}${rest === 0 ? '' : `${rest}${smallLetter}`}`;
}
