import { env } from "cloudflare:workers";

/** The six Shopify product files of the shared data folder, as merchants exported them. */
export const REAL_CATALOGS = [
  "apparel.csv",
  "home-and-garden.csv",
  "jewelery.csv",
  "jewelry-2017.csv",
  "packt-product-data.csv",
  "snowdevil.csv",
] as const;

/** The text of a real file, or undefined in a clone without `../shared/data`; tests that need it then say so and skip. */
export const realCsv = (name: string): string | undefined => env.REAL_DATA[name];
