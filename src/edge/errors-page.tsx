import { capabilities } from "../capabilities/index.ts";
import type { Locale } from "../storefront/locale.ts";
import { m } from "../storefront/messages/compiled/messages.js";
import { DocumentPage } from "./document-frame.tsx";
import { ownOperations } from "./own-operations.ts";
import { problemWords } from "./problem-words.ts";
import { gatewayRefusals } from "./render-problem.ts";

/** Each code that a problem document may carry, with its status, its meaning and the operations that answer it; `type` leads here. */
export const errorsPage = (locale: Locale) => (
  <DocumentPage title={m.docs_errors({}, { locale })} path="/docs/errors" locale={locale}>
    <p class="reference-lead">{m.docs_errors_lead({}, { locale })}</p>
    <table class="codes">
      <thead>
        <tr>
          <th scope="col">{m.docs_code({}, { locale })}</th>
          <th scope="col">{m.docs_status({}, { locale })}</th>
          <th scope="col">{m.docs_meaning({}, { locale })}</th>
        </tr>
      </thead>
      <tbody>
        {[...codes()].map(([code, { status, operations }]) => (
          <tr id={code}>
            <th scope="row">
              <code>{code}</code>
            </th>
            <td>{status}</td>
            <td>
              <p lang="en">{spoken(problemWords[code] ?? "")}</p>
              <p class="codes-by">
                {m.docs_answered_by({}, { locale })}{" "}
                {operations.length === 0 ? m.docs_any_operation({}, { locale }) : operations.join(", ")}
              </p>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  </DocumentPage>
);

/** Names that stand between backticks, as code. */
const spoken = (words: string) => words.split("`").map((part, i) => (i % 2 === 1 ? <code>{part}</code> : part));

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
