import type { DemoImage } from "../types.ts";

/** A product picture: all of them are drawn 800 by 1000. */
export const picture = (file: string, en: string, zh: string): DemoImage => ({
  src: `/demo/${file}.svg`,
  alt: { en, "zh-CN": zh },
  width: 800,
  height: 1000,
});
