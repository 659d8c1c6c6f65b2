import { SHOPIFY_COLUMNS } from "./cells.ts";

const BY_NAME = new Map(SHOPIFY_COLUMNS.map((column) => [column.toLowerCase(), column]));
const NEEDED = ["Handle", "Title"];

/** The columns of a file in their order, Shopify's under Shopify's own names; or why the file cannot be imported. */
export function readHeader(cells: readonly string[]): { columns: string[] } | { code: string; detail: string } {
  const columns = cells.map((cell) => BY_NAME.get(cell.trim().toLowerCase()) ?? cell.trim());
  const missing = NEEDED.filter((column) => !columns.includes(column));
  if (missing.length > 0)
    return {
      code: "wrong_header",
      detail: `This is no Shopify product CSV: the first line lacks ${missing.join(" and ")}.`,
    };
  const twice = columns.find((column, i) => column !== "" && columns.indexOf(column) < i);
  if (twice !== undefined)
    return { code: "duplicate_column", detail: `The column ${twice.slice(0, 80)} is there twice.` };
  return { columns };
}
