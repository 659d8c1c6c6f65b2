import { newId } from "../../../../platform/ids.ts";
import type { ProductRow, Settled, Stored, VariantRow } from "../rules/draft.ts";

/** What wrote a product: at what time and, for an import, which one and how. */
export interface Writing {
  tenantId: string;
  at: number;
  importId?: string;
}

/** The rows of a settled product: kept ids, new ids for what is new, the next version. */
export function buildRows(stored: Stored | undefined, settled: Settled, writing: Writing): Stored {
  const { tenantId, at, importId } = writing;
  const { variants, gone: _, ...fields } = settled;
  const old = stored?.product;
  const product: ProductRow = {
    ...fields,
    tenantId,
    id: old?.id ?? newId("prd"),
    importId: importId ?? null,
    importDid: importId === undefined ? null : old ? "updated" : "created",
    createdAt: old?.createdAt ?? at,
    updatedAt: at,
    version: (old?.version ?? 0) + 1,
  };
  const rows = variants.map(
    ({ stock: _stock, line: _line, ...variant }, i): VariantRow => ({
      ...variant,
      tenantId,
      id: variant.id ?? newId("var"),
      productId: product.id,
      position: i + 1,
    }),
  );
  return { product, variants: rows };
}
