import { describe, expect, it } from "vitest";
import english from "../../src/storefront/messages/source/en.json" with { type: "json" };
import chinese from "../../src/storefront/messages/source/zh-CN.json" with { type: "json" };
import { languageFlaws } from "./checks/languages.ts";

describe("the words of the pages", () => {
  it("are said in both languages, with the same facts in them", () => {
    expect(languageFlaws(english, chinese)).toEqual([]);
    expect(Object.keys(english).length).toBeGreaterThan(100);
    const planted = { ...english, only_english: "Lamps", cart: "{count} of {size}" };
    expect(languageFlaws(planted, { ...chinese, only_chinese: "灯", cart: "{count}" })).toEqual([
      "cart says {count} {size} in one language and {count} in the other",
      "only_english is missing in the second language",
      "only_chinese is missing in the first language",
    ]);
  });
});
