/** All that a page does beyond HTML: copy, colour scheme, where one is on the page, and loading the search on demand. */
// oxlint-disable-next-line import/no-unassigned-import -- vite takes the style sheet along
import './style.css';
import { keep, readKept } from './keep.ts';

declare global {
  interface Window {
    /** What a lesson's `.sh.js` calls with the lesson as a script. */
    mtxText?: (text: string) => void;
  }
}

const announcer = document.createElement('p');
announcer.className = 'sr';
announcer.setAttribute('role', 'status');
document.body.append(announcer);

for (const button of document.querySelectorAll<HTMLButtonElement>('.copy')) {
  button.addEventListener('click', () => void copy(button, codeOf(button)));
}
for (const button of document.querySelectorAll<HTMLButtonElement>('.copy-all')) {
  button.addEventListener('click', () =>
    loadText(button.dataset['from'] ?? '', (text) => void copy(button, text)),
  );
}

/** Exactly the text of the code: what the runner executed. */
function codeOf(button: Element): string {
  return button.closest('.card')?.querySelector('code')?.textContent ?? '';
}

/** A page opened from disk may read no file but scripts: this one calls `mtxText` with the text. */
function loadText(address: string, use: (text: string) => void): void {
  window.mtxText = use;
  const script = document.createElement('script');
  script.src = address;
  document.head.append(script);
}

async function copy(button: HTMLElement, text: string): Promise<void> {
  const isCopied = await writeClipboard(text);
  announcer.textContent = isCopied ? 'Copied' : 'Copying is not allowed here';
  button.dataset['done'] = isCopied ? 'yes' : 'no';
  setTimeout(() => delete button.dataset['done'], 1600);
}

async function writeClipboard(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = document.createElement('textarea');
    area.value = text;
    document.body.append(area);
    area.select();
    // oxlint-disable-next-line typescript/no-deprecated -- the only way where the clipboard's interface is refused
    const isCopied = document.execCommand('copy');
    area.remove();
    return isCopied;
  }
}

const schemes = ['system', 'light', 'dark'];
const themeButton = document.querySelector<HTMLButtonElement>('.theme');
themeButton?.addEventListener('click', () => {
  const now = document.documentElement.dataset['theme'] ?? 'system';
  showScheme(schemes[(schemes.indexOf(now) + 1) % schemes.length] ?? 'system');
});
showScheme(document.documentElement.dataset['theme'] ?? 'system');

function showScheme(scheme: string): void {
  const { dataset } = document.documentElement;
  if (scheme === 'system') delete dataset['theme'];
  else dataset['theme'] = scheme;
  themeButton?.setAttribute('aria-label', `Colour scheme: ${scheme}`);
  keep('theme', scheme === 'system' ? null : scheme);
}

const searchButton = document.querySelector<HTMLButtonElement>('.search');
searchButton?.addEventListener('click', openSearch);
document.addEventListener('keydown', (event) => {
  const isTyping = event.target instanceof Element && event.target.closest('input, textarea, select');
  if (event.key !== '/' || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
  if (readKept('keys') === 'off') return;
  event.preventDefault();
  openSearch();
});

/** The search opens itself when it has been loaded, and from then on listens for this event. */
function openSearch(): void {
  if (document.querySelector('script[data-search]') === null) {
    const script = document.createElement('script');
    script.src = `${searchButton?.dataset['root'] ?? ''}search.js`;
    script.dataset['search'] = searchButton?.dataset['root'] ?? '';
    document.head.append(script);
  } else document.dispatchEvent(new Event('mtx-search'));
}

const contents = new Map(
  [...document.querySelectorAll<HTMLAnchorElement>('.toc a')].map((link) => [link.hash.slice(1), link]),
);
const watcher = new IntersectionObserver(
  (entries) => {
    const seen = entries.find(({ isIntersecting }) => isIntersecting);
    if (seen === undefined) return;
    for (const [id, link] of contents) link.classList.toggle('here', id === seen.target.id);
  },
  { rootMargin: '-10% 0px -70%' },
);
for (const id of contents.keys()) {
  const heading = document.getElementById(id);
  if (heading !== null) watcher.observe(heading);
}

addEventListener('beforeprint', () => {
  for (const details of document.querySelectorAll<HTMLDetailsElement>('main details:not([name])'))
    details.open = true;
});
