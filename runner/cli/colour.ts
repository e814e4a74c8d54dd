/** When and how output is coloured. Renderers only name roles. */
import { styleText } from 'node:util';
import { plain, type Role, type Style } from '../report/style.ts';
import type { Host, TextStream } from './host.ts';

const FORMATS: Readonly<Record<Role, Parameters<typeof styleText>[0]>> = {
  good: 'green',
  bad: ['bold', 'red'],
  warn: 'yellow',
  dim: 'dim',
  strong: 'bold',
  added: 'green',
  removed: 'red',
};

const colourful: Style = (role, text) =>
  text === '' ? text : styleText(FORMATS[role], text, { validateStream: false });

/** `--color` wins over FORCE_COLOR, that over NO_COLOR, and both over what the stream is. */
export function chooseStyle(choice: string | undefined, env: Host['env'], stream: TextStream): Style {
  return wantsColour(choice, env, stream) ? colourful : plain;
}

function wantsColour(choice: string | undefined, env: Host['env'], stream: TextStream): boolean {
  if (choice === 'always' || choice === 'never') return choice === 'always';
  const forced = env['FORCE_COLOR'];
  if (forced !== undefined && forced !== '') return forced !== '0' && forced !== 'false';
  if ((env['NO_COLOR'] ?? '') !== '') return false;
  return stream.isTTY && env['TERM'] !== 'dumb';
}
