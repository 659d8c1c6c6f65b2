import { capabilities } from "../capabilities/index.ts";
import { DocumentFrame } from "./document-frame.tsx";
import { ownOperations } from "./own-operations.ts";
import { gatewayRefusals } from "./render-problem.ts";

/** The reader of the OpenAPI document (Scalar), whose requests go out with the test key that a visitor pastes here. */
export function docsPage() {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Souk API</title>
        <link rel="icon" href="/demo/favicon.svg" />
        <link rel="stylesheet" href="/build/docs.css" />
      </head>
      <body>
        <form class="try" data-try>
          <label for="key">Try it with a test key</label>
          <input id="key" placeholder="sk_test_..." autocomplete="off" spellcheck={false} />
          <button type="submit">Use it</button>
          <p
            data-said
            role="status"
            data-used="Requests from this page carry the key. It reads the shop and changes nothing; this tab forgets it when it is closed."
            data-wrong="That is no test key: they begin with sk_test_. A live key changes the shop, so this page does not take one."
          >
            It reads everything and changes nothing. Staff make one with POST /api-keys and "mode": "test".
          </p>
        </form>
        <div id="reference" />
        <script src="/build/scalar.js" />
        <script type="module" src="/build/docs.js" />
      </body>
    </html>
  );
}

/** Each code that a problem document may carry, with its status and the operations that answer it; `type` leads here. */
export const errorsPage = () => (
  <DocumentFrame title="Problem codes" path="/docs/errors">
    <p class="reference-lead">
      Every refusal is an RFC 9457 problem document. Its code is stable; its detail is for people. One operation
      differs: issueToken is a token endpoint and answers the errors of RFC 6749, section 5.2.
    </p>
    <table class="codes">
      <thead>
        <tr>
          <th scope="col">Code</th>
          <th scope="col">Status</th>
          <th scope="col">Answered by</th>
        </tr>
      </thead>
      <tbody>
        {[...codes()].map(([code, { status, operations }]) => (
          <tr id={code}>
            <th scope="row">
              <code>{code}</code>
            </th>
            <td>{status}</td>
            <td>{operations.length === 0 ? "any operation" : operations.join(", ")}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </DocumentFrame>
);

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
