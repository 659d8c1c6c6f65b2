import Papa from "papaparse";
import type { Invoice } from "../rules.ts";

/** One row per line, with the invoice's own facts repeated, as RFC 4180 text; amounts in micros. */
export const asCsv = ({ id, kind, client, month, currency, lines }: Invoice): string =>
  Papa.unparse(
    lines.map((line) => ({
      invoice: id,
      kind,
      month,
      client,
      plan: line.plan,
      meter: line.meter,
      calls: line.calls,
      charged_calls: line.units,
      late_calls: line.lateCalls,
      bytes: line.bytes,
      cost_micros: line.micros,
      currency,
    })),
    { newline: "\r\n" },
  );
