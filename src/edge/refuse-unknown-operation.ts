import type { HonoRequest } from "hono";
import type { Served } from "../platform/contract.ts";
import { refused } from "../platform/result.ts";
import { gatewayRefusals, problem } from "./render-problem.ts";

/** 405 with `Allow` where the path exists under other methods (RFC 9110 15.5.6), else 404. */
export function refuseUnknownOperation(
  request: HonoRequest,
  operations: readonly Served[],
  requestId: string,
): Response {
  const allowed = operations
    .filter(({ line }) => fits(line.path, request.path))
    .map(({ line }) => line.method.toUpperCase());
  if (allowed.length === 0)
    return problem(
      refused("not_found", "There is no such operation. See /api/v1/openapi.json."),
      gatewayRefusals.not_found,
      requestId,
    );
  const methods = [...new Set(allowed)].join(", ");
  const refusal = refused("method_not_allowed", `This path takes ${methods}.`);
  const answer = problem(refusal, gatewayRefusals.method_not_allowed, requestId);
  answer.headers.set("allow", methods);
  return answer;
}

function fits(template: string, path: string): boolean {
  const expected = `/api/v1${template}`.split("/");
  const given = path.split("/");
  return expected.length === given.length && expected.every((part, i) => part.startsWith("{") || part === given[i]);
}
