/** The search dialog. Loaded with its index when somebody asks for it first. */
import MiniSearch, { type SearchResult } from 'minisearch';
import { findSections } from './find-sections.ts';
import { keep, readKept } from './keep.ts';
import { SEARCH_OPTIONS } from './search-options.ts';

declare global {
  interface Window {
    /** What `search-index.js` calls with the serialised index. */
    mtxSearch?: (index: Parameters<typeof MiniSearch.loadJS>[0]) => void;
  }
}

const SHOWN = 8;
const root = document.querySelector<HTMLScriptElement>('script[data-search]')?.dataset['search'] ?? '';
let index: MiniSearch | undefined;

const dialog = document.createElement('dialog');
dialog.className = 'finder';
dialog.setAttribute('aria-label', 'Search the course');
const input = Object.assign(document.createElement('input'), {
  type: 'search',
  placeholder: 'A word, a flag, a command, a message',
  autocomplete: 'off',
});
input.setAttribute('aria-label', 'Search for');
const status = document.createElement('p');
status.setAttribute('role', 'status');
const list = document.createElement('ul');
const keys = document.createElement('label');
const toggle = Object.assign(document.createElement('input'), {
  type: 'checkbox',
  checked: readKept('keys') !== 'off',
});
keys.append(toggle, ' Open with the / key');
const close = Object.assign(document.createElement('button'), { type: 'button', textContent: 'Close' });
const foot = document.createElement('p');
foot.className = 'finder-foot';
foot.append(keys, close);
dialog.append(input, status, list, foot);
document.body.append(dialog);

toggle.addEventListener('change', () => keep('keys', toggle.checked ? 'on' : 'off'));
close.addEventListener('click', () => dialog.close());
input.addEventListener('input', show);
input.addEventListener('keydown', (event) => {
  if (event.key === 'Enter') list.querySelector('a')?.click();
  if (event.key === 'ArrowDown') move(event, -1, 1);
});
list.addEventListener('keydown', (event) => {
  const links = [...list.querySelectorAll('a')];
  const at = links.findIndex((link) => link === document.activeElement);
  if (event.key === 'ArrowDown') move(event, at, 1);
  if (event.key === 'ArrowUp') move(event, at, -1);
});
list.addEventListener('click', () => dialog.close());
document.addEventListener('mtx-search', open);

window.mtxSearch = (data) => {
  index = MiniSearch.loadJS(data, SEARCH_OPTIONS);
  show();
};
const script = document.createElement('script');
script.src = `${root}search-index.js`;
document.head.append(script);
open();

function open(): void {
  if (!dialog.open) dialog.showModal();
  input.select();
}

function move(event: KeyboardEvent, from: number, by: number): void {
  event.preventDefault();
  const next = from + by;
  if (next < 0) input.focus();
  else list.querySelectorAll('a')[next]?.focus();
}

function show(): void {
  const query = input.value.trim();
  const results = index === undefined || query === '' ? [] : findSections(index, query, SHOWN);
  list.replaceChildren(...results.map(renderResult));
  if (index === undefined) status.textContent = 'Loading …';
  else if (query === '') status.textContent = '';
  else
    status.textContent =
      results.length === 0 ? `Nothing is found for “${query}”.` : `${results.length} found`;
}

function renderResult(result: SearchResult): HTMLLIElement {
  const item = document.createElement('li');
  const link = document.createElement('a');
  link.href = root + String(result['url']);
  const title = document.createElement('strong');
  title.textContent = String(result['heading'] || result['title']);
  const place = document.createElement('span');
  place.textContent = result['heading'] === '' ? 'Page' : String(result['title']);
  link.append(title, place);
  item.append(link);
  return item;
}
