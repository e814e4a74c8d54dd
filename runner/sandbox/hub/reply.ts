/** Answers in the wire's shapes: JSON always, success exactly 200 (207 for a bulk call with failures). */
import type { HttpResponse } from '../http/http.ts';
import type { Answer } from './context.ts';

/** 200 with a JSON value. */
export function ok(json: unknown): Answer {
  return { status: 200, json };
}

/** The answer of a bulk call: 207 as soon as one element has an `Error`. */
export function bulk(elements: readonly object[]): Answer {
  return { status: elements.some((element) => 'Error' in element) ? 207 : 200, json: elements };
}

/** Turns an answer into a response. Clients print `X-Request-Id` in their error messages. */
export function toResponse(answer: Answer, requestId: string): HttpResponse {
  if ('body' in answer) return { ...answer, headers: { ...answer.headers, 'x-request-id': requestId } };
  return {
    status: answer.status,
    headers: { 'content-type': 'application/json; charset=utf-8', 'x-request-id': requestId },
    body: JSON.stringify(answer.json),
  };
}

/** A refusal of the whole request (StandardErrorResponse). */
export function failure(status: number, message: string): Answer {
  return { status, json: { Code: String(status), Message: message } };
}
