import type { Locale } from "./locale.ts";
import { m } from "./messages/compiled/messages.js";

/** Where the shop ships to, by ISO 3166-1. */
const CODES =
  "CN HK MO TW US CA GB IE FR DE AT CH NL BE LU ES PT IT DK SE NO FI PL CZ AU NZ JP KR SG MY TH VN ID PH IN AE BR MX ZA".split(
    " ",
  );

export interface Country {
  code: string;
  name: string;
}

/** In the language's own order, the likely ones first. */
export function countries(locale: Locale): Country[] {
  const names = new Intl.DisplayNames(locale, { type: "region" });
  const all = CODES.map((code) => ({ code, name: names.of(code) ?? code }));
  const first = locale === "zh-CN" ? ["CN", "HK", "MO", "TW"] : ["US", "CN", "GB"];
  const rest = all.filter((it) => !first.includes(it.code)).sort((a, b) => a.name.localeCompare(b.name, locale));
  return [...first.flatMap((code) => all.filter((it) => it.code === code)), ...rest];
}

export const shipsTo = (code: string): boolean => CODES.includes(code);
export const likelyCountry = (locale: Locale): string => (locale === "zh-CN" ? "CN" : "US");

export interface AddressLabels {
  region: string;
  postal_code: string;
}

const WITHOUT_POSTAL_CODE: ReadonlySet<string> = new Set(["HK", "MO", "AE", "IE"]);
const WITH_REGION: ReadonlySet<string> = new Set(["CN", "US", "CA", "AU", "JP", "IN", "BR", "MX"]);

export const needsPostalCode = (country: string): boolean => !WITHOUT_POSTAL_CODE.has(country);
export const needsRegion = (country: string): boolean => WITH_REGION.has(country);

/** What people of a country call the parts of their address. */
export function addressLabels(country: string, locale: Locale): AddressLabels {
  const say = { locale };
  switch (country) {
    case "CN":
      return { region: m.field_province({}, say), postal_code: m.field_postal_code({}, say) };
    case "US":
      return { region: m.field_state({}, say), postal_code: m.field_zip({}, say) };
    case "CA":
      return { region: m.field_province({}, say), postal_code: m.field_postal_code({}, say) };
    case "AU":
      return { region: m.field_state({}, say), postal_code: m.field_postcode({}, say) };
    case "GB":
      return { region: m.field_county({}, say), postal_code: m.field_postcode({}, say) };
    case "JP":
      return { region: m.field_prefecture({}, say), postal_code: m.field_postal_code({}, say) };
    default:
      return { region: m.field_region({}, say), postal_code: m.field_postal_code({}, say) };
  }
}

/** All labels by country, for the script that changes them as the country changes. */
export const labelsByCountry = (locale: Locale): { [code: string]: AddressLabels } =>
  Object.fromEntries(CODES.map((code) => [code, addressLabels(code, locale)]));
