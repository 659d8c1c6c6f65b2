import { expect } from "vitest";
import { api, openShop } from "../../../support/api.ts";

/** A row of a small file, by column name. */
export type TestRow = Record<string, string>;

const quote = (cell: string) => `"${cell.replaceAll('"', '""')}"`;

/** Rows as CSV with the columns that occur in them. */
export function csvOf(rows: readonly TestRow[]): string {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const lines = rows.map((row) =>
    columns.map((column) => quote(Object.hasOwn(row, column) ? (row[column] ?? "") : "")).join(","),
  );
  return `${[columns.map(quote).join(","), ...lines].join("\n")}\n`;
}

export async function newShop(currency = "USD"): Promise<string> {
  const id = `shop-${crypto.randomUUID().slice(0, 8)}`;
  await openShop({ id, currency });
  return id;
}

export async function startImport(shop: string, body: BodyInit): Promise<string> {
  const answer = await api("POST", "/catalog/imports", { shop, raw: body, headers: { "content-type": "text/csv" } });
  expect(answer.status, answer.text).toBe(202);
  return answer.body.id;
}

/** Imports a file and waits for the outcome. */
export async function importFile(shop: string, body: BodyInit) {
  return await outcomeOf(shop, await startImport(shop, body));
}

export async function outcomeOf(shop: string, id: string) {
  for (;;) {
    const { body } = await api("GET", `/catalog/imports/${id}`, { shop });
    if (body.status === "done" || body.status === "failed") return body;
    await new Promise((resume) => setTimeout(resume, 20));
  }
}

export async function exportFile(shop: string): Promise<string> {
  const answer = await api("GET", "/catalog/export.csv", { shop });
  expect(answer.status).toBe(200);
  return answer.text;
}

export const codes = (outcome: { errors: { line: number; column: string | null; code: string }[] }) =>
  outcome.errors.map((it) => [it.line, it.column, it.code]);
