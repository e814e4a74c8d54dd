/**
 * Configuration data at the hub's door: YAML is checked and brought into one style, so that a later change by a function
 * shows up as that change alone and not as a different indentation.
 */
import { isMap, isScalar, parseAllDocuments } from 'yaml';
import type { Document } from 'yaml';
import { badRequest } from './errors.ts';
import { decodeText, encodeText } from './text-codec.ts';

/** Base64 YAML in, base64 YAML out: comments and key order kept, sequences not indented under their key. Throws 400 on bad data. */
export function normaliseData(base64: string): string {
  const text = decodeText(base64);
  if (text === undefined) throw badRequest('Data must be base64 of UTF-8 text');
  return encodeText(normaliseYaml(text));
}

/** The same for plain text. Each document must be a mapping; empty documents vanish. */
export function normaliseYaml(text: string): string {
  const documents = parseAllDocuments(text, { logLevel: 'silent' });
  const kept = (Array.isArray(documents) ? documents : []).filter((document) => hasContent(document));
  return kept.map((document, index) => render(document, index)).join('');
}

function hasContent(document: Document.Parsed): boolean {
  const [error] = document.errors;
  if (error !== undefined) throw badRequest(`invalid YAML: ${error.message.split('\n')[0] ?? ''}`);
  const { contents } = document;
  if (contents === null || (isScalar(contents) && contents.value === null)) return false;
  if (!isMap(contents)) throw badRequest('invalid YAML: each document must be a mapping');
  return true;
}

function render(document: Document.Parsed, index: number): string {
  if (document.directives !== undefined) document.directives.docStart = index > 0 ? true : null;
  return document.toString({ indentSeq: false, lineWidth: 0, flowCollectionPadding: false });
}
