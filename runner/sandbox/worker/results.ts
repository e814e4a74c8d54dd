/** What the worker tells the hub of an operation, and the base64 in which data travels. */
import type { Action, ActionResult } from './worker.ts';

/** One more step. */
export function progress(message: string): ActionResult {
  return { Status: 'Progressing', Result: 'None', Message: message };
}

/** The end of what did not work. */
export function failed(action: Action, message: string): ActionResult {
  const waiting = message.startsWith('Failed to wait');
  return { Status: 'Failed', Result: `${action}${waiting ? 'Wait' : ''}Failed`, Message: message };
}

/** The present moment as messages show it. */
export function showNow(): string {
  return new Date().toISOString().replace(/\.\d+Z$/, 'Z');
}

/** Text from base64; absent is empty. */
export function decode(base64: string | undefined): string {
  return Buffer.from(base64 ?? '', 'base64').toString('utf8');
}

/** Text as base64. */
export function encode(text: string): string {
  return Buffer.from(text).toString('base64');
}
