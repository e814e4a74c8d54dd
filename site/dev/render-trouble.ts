/** What a page shows while its chapter cannot be parsed: the problem with its place, until the next save. */
import { html } from '../render/html.ts';
import type { SiteError } from '../load/site-error.ts';

/** A document. */
export function renderTrouble({ message, hint }: SiteError): string {
  return html`<!DOCTYPE html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <title>Problem</title>
      </head>
      <body>
        <pre>
${message}
${hint !== undefined && `hint: ${hint}`}</pre>
      </body>
    </html>`.html;
}
