import { describe, expect, it } from "vitest";
import { chooseLocale } from "../../src/storefront/locale.ts";

const nothing = { query: undefined, cookie: undefined, accept: undefined, shop: "en" } as const;

describe("chooseLocale", () => {
  it("prefers the address, then the choice kept, then the browser, then the shop", () => {
    expect(chooseLocale({ ...nothing, query: "zh-CN", cookie: "en", accept: "en" })).toBe("zh-CN");
    expect(chooseLocale({ ...nothing, cookie: "zh-CN", accept: "en" })).toBe("zh-CN");
    expect(chooseLocale({ ...nothing, accept: "fr, zh-Hans;q=0.8, en;q=0.5" })).toBe("zh-CN");
    expect(chooseLocale({ ...nothing, accept: "en;q=0.2,zh;q=0.9" })).toBe("zh-CN");
    expect(chooseLocale({ ...nothing, shop: "zh-CN" })).toBe("zh-CN");
  });

  it("passes over languages it does not speak and headers it cannot read", () => {
    expect(chooseLocale({ ...nothing, query: "xx", cookie: ";;", accept: "de;q=1, *;q=0" })).toBe("en");
    expect(chooseLocale({ ...nothing, accept: "zh;q=0, en" })).toBe("en");
  });
});
