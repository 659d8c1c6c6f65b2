import type { Page } from "./visit.ts";

/** Our largest form is a full address; a longer body is read as an empty form, whose fields are then all missing. */
const FORM_BYTES_MAX = 16_384;

export type Form = ReadonlyMap<string, string>;

/** The fields of an urlencoded form, trimmed but for passwords; of a name given twice the first counts. */
export async function readForm(c: Page): Promise<Form> {
  const fields = new Map<string, string>();
  if (Number(c.req.header("content-length") ?? Number.POSITIVE_INFINITY) > FORM_BYTES_MAX) return fields;
  for (const [name, value] of new URLSearchParams(await c.req.text()))
    if (!fields.has(name)) fields.set(name, name.includes("password") ? value : value.trim());
  return fields;
}

/** A whole number of a form, or nothing. */
export const wholeNumber = (text: string | undefined): number | undefined =>
  text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
