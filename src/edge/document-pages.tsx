import { capabilities } from "../capabilities/index.ts";
import { ownOperations } from "./own-operations.ts";
import { gatewayRefusals } from "./render-problem.ts";

/** The reader of the OpenAPI document (Scalar). It finds its settings in the attributes of its own script element. */
export function docsPage() {
  const settings = {
    withDefaultFonts: false,
    hideClientButton: true,
    telemetry: false,
    showDeveloperTools: "never",
    agent: { disabled: true },
    mcp: { disabled: true },
  };
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Souk API</title>
        <link rel="icon" href="/demo/favicon.svg" />
      </head>
      <body>
        <script
          id="api-reference"
          data-url="/api/v1/openapi.json"
          data-configuration={JSON.stringify(settings)}
          src="/build/scalar.js"
        />
      </body>
    </html>
  );
}

/** Each code that a problem document may carry, with its status and the operations that answer it; `type` leads here. */
export function errorsPage() {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Problem codes</title>
        <link rel="stylesheet" href="/build/shop.css" />
      </head>
      <body>
        <main class="wrap">
          <h1>Problem codes</h1>
          <p>
            Every refusal is an RFC 9457 problem document. Its code is stable; its detail is for people. One operation
            differs: issueToken is a token endpoint and answers the errors of RFC 6749, section 5.2.
          </p>
          <dl>
            {[...codes()].map(([code, { status, operations }]) => (
              <>
                <dt id={code}>
                  <strong>{code}</strong> {status}
                </dt>
                <dd>{operations.length === 0 ? "any operation" : operations.join(", ")}</dd>
              </>
            ))}
          </dl>
        </main>
      </body>
    </html>
  );
}

function codes(): Map<string, { status: number; operations: string[] }> {
  const found = new Map(
    Object.entries(gatewayRefusals).map(([code, status]) => [
      code,
      { status: status as number, operations: [] as string[] },
    ]),
  );
  for (const { line } of [...ownOperations, ...capabilities.flatMap((it) => it.operations)])
    for (const [code, status] of Object.entries(line.refusals)) {
      const entry = found.get(code) ?? { status, operations: [] };
      if (!(code in gatewayRefusals)) entry.operations.push(line.id);
      found.set(code, entry);
    }
  for (const { path, refusals } of capabilities.flatMap((it) => it.files ?? []))
    for (const [code, status] of Object.entries(refusals)) {
      const entry = found.get(code) ?? { status, operations: [] };
      if (!(code in gatewayRefusals)) entry.operations.push(path);
      found.set(code, entry);
    }
  return new Map([...found].sort(([a], [b]) => a.localeCompare(b)));
}
