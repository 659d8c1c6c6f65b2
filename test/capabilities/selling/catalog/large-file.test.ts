import { describe, expect, it } from "vitest";
import { csvOf, exportFile, importFile, newShop } from "./import-kit.ts";

const ROWS = 13;
/** Columns that nobody asks for, of another letter in each row. */
const NOTES = 15;
const NOTE_CHARACTERS = 60_000;

describe("a file of several parts", () => {
  it("arrives whole, though one part's memory serves all of them", async () => {
    const shop = await newShop();
    const letters = "abcdefghijklm";
    const notes = (letter: string) =>
      Object.fromEntries(Array.from({ length: NOTES }, (_, i) => [`Note ${i}`, letter.repeat(NOTE_CHARACTERS)]));
    const rows = Array.from({ length: ROWS }, (_, i) => ({
      Handle: `thing-${letters[i]}`,
      Title: `Thing ${letters[i]}`,
      ...notes(letters.charAt(i)),
      "Variant Price": `${i + 1}.00`,
    }));
    const outcome = await importFile(shop, csvOf(rows));
    expect(outcome).toMatchObject({ status: "done", products_created: ROWS, rows: ROWS, errors: [] });
    expect(outcome.bytes_total).toBeGreaterThan(2 * 5 * 1_048_576);
    const back = await exportFile(shop);
    for (const { Handle, Title } of rows) expect(back).toContain(`${Handle},${Title}`);
  });
});
