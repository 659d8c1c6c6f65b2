import { CONTROL, tagOf } from "../capabilities/marketing/canary/contract.ts";

/** Names the arm of a request, of its answer, and of every event and order that comes of it. */
const GRAY_TAG = "x-gray-tag";
const TAG = /^ab:([a-z][a-z0-9-]{0,31})$/;

/** The arm that the request carries. The pipeline has written it: what callers send under that name is thrown away there. */
export function armOf(headers: Headers): string {
  const tag = headers.get(GRAY_TAG);
  return tag === null ? CONTROL : (TAG.exec(tag)?.[1] ?? CONTROL);
}

/** Whether the request is as a caller without any arm sends it. */
export const isUntagged = (request: Request): boolean => !request.headers.has(GRAY_TAG);

/** The request with the tag of `arm`; control needs none, so the common request is passed on as it is. */
export function tagRequest(request: Request, arm: string): Request {
  if (arm === CONTROL && !request.headers.has(GRAY_TAG)) return request;
  const headers = new Headers(request.headers);
  if (arm === CONTROL) headers.delete(GRAY_TAG);
  else headers.set(GRAY_TAG, tagOf(arm));
  return new Request(request, { headers });
}

/** The answer with its tag and, where one is to be kept, a cookie. A socket's answer is left alone. */
export function tagAnswer(answer: Response, arm: string, cookie?: string): Response {
  if (answer.webSocket) return answer;
  answer.headers.set(GRAY_TAG, tagOf(arm));
  if (cookie !== undefined) answer.headers.append("set-cookie", cookie);
  return answer;
}
