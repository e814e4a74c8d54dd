/**
 * Configuration data at the hub's door: YAML is checked and brought into one style, so that a later change by a function
 * shows up as that change alone and not as a different indentation.
 */
import { isMap, isScalar, parseAllDocuments, visit } from 'yaml';
import type { Document } from 'yaml';
import { joinComments } from './comment-documents.ts';
import { badRequest, HubError } from './errors.ts';
import { decodeText, encodeText } from './text-codec.ts';
import { HUB_YAML, noteLines } from './yaml-notation.ts';

/** Base64 YAML in, base64 YAML out: comments and key order kept, sequences not indented under their key. Throws 400 on bad data. */
export function normaliseData(base64: string): string {
  const text = decodeText(base64);
  if (text === undefined) throw badRequest('Data must be base64 of UTF-8 text');
  return encodeText(normaliseYaml(text));
}

/** The same for plain text. Each document must be a mapping; empty documents vanish, but not what they say. */
export function normaliseYaml(text: string): string {
  return refuseFailure(() => {
    return render(joinComments(parseDocuments(text), hasContent));
  });
}

/** The documents of a text, errors and empty ones included. */
export function parseDocuments(text: string): Document.Parsed[] {
  const documents = parseAllDocuments(text, { logLevel: 'silent', ...HUB_YAML });
  if (!Array.isArray(documents)) return [];
  noteLines(documents, text);
  return documents;
}

/** Documents as one text in the hub's style. Throws 400 for what cannot be written, e.g. an alias whose anchor is gone. */
export function renderDocuments(documents: readonly Document.Parsed[]): string {
  return refuseFailure(() => render(documents));
}

/** The YAML library throws on what it cannot handle (nesting too deep, lost anchors): that is the data's fault, not ours. */
function refuseFailure(work: () => string): string {
  try {
    return work();
  } catch (error) {
    if (error instanceof HubError || !(error instanceof Error)) throw error;
    throw badRequest(`invalid YAML: ${error.message}`);
  }
}

function render(documents: readonly Document.Parsed[]): string {
  for (const [index, document] of documents.entries()) {
    closeEmpty(document);
    const { directives } = document;
    if (directives === undefined) continue;
    directives.docStart = index > 0 ? true : null;
    directives.docEnd = false;
  }
  const style = { indentSeq: false, lineWidth: 0, flowCollectionPadding: false };
  return documents.map((document) => document.toString(style)).join('');
}

/** A list that lost its last element is `[]`; written as a block, with a comment above it, it could not be read again. */
function closeEmpty(document: Document.Parsed): void {
  visit(document, {
    Collection: (_, collection) => {
      if (collection.items.length === 0) collection.flow = true;
    },
  });
}

function hasContent(document: Document.Parsed): boolean {
  const [error] = document.errors;
  if (error !== undefined) throw badRequest(`invalid YAML: ${error.message.split('\n')[0] ?? ''}`);
  const { contents } = document;
  if (contents === null || (isScalar(contents) && contents.value === null)) return false;
  if (!isMap(contents)) throw badRequest('invalid YAML: each document must be a mapping');
  return true;
}
