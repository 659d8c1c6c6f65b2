import { type Money, minorDigits } from "../platform/money.ts";
import type { Locale } from "./locale.ts";

/** `{ amount: 2800, currency: "CNY" }` as `¥28.00`: a shop has one currency and the footer names it, so the short sign is enough. */
export const formatMoney = ({ amount, currency }: Money, locale: Locale): string =>
  new Intl.NumberFormat(locale, { style: "currency", currency, currencyDisplay: "narrowSymbol" }).format(
    amount / 10 ** minorDigits(currency),
  );

/** `28.00`: how machines read a price (schema.org, Open Graph). */
export function plainAmount({ amount, currency }: Money): string {
  const digits = minorDigits(currency);
  return (amount / 10 ** digits).toFixed(digits);
}

/** `November 21 at 20:00 GMT+8`: in the shop's time zone, which is named last (by itself Chinese would have it amid the time). */
export function formatTime(iso: string, { locale, timeZone }: { locale: Locale; timeZone: string }): string {
  const at = new Date(iso);
  const form = {
    month: "long",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZone,
  } as const;
  const zone = new Intl.DateTimeFormat(locale, { ...form, timeZoneName: "short" })
    .formatToParts(at)
    .find(({ type }) => type === "timeZoneName");
  return `${new Intl.DateTimeFormat(locale, form).format(at)} ${zone?.value ?? ""}`;
}

export const formatDay = (iso: string, { locale, timeZone }: { locale: Locale; timeZone: string }): string =>
  new Intl.DateTimeFormat(locale, { year: "numeric", month: "long", day: "numeric", timeZone }).format(new Date(iso));

export const formatCount = (count: number, locale: Locale): string => new Intl.NumberFormat(locale).format(count);

/** `3 minutes`, `2 hours 5 minutes`: a length of time from a minute on, rounded up. */
export function formatLength(seconds: number, locale: Locale): string {
  const minutes = Math.ceil(seconds / 60);
  const one = (amount: number, unit: "hour" | "minute") =>
    new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "long" }).format(amount);
  if (minutes < 60) return one(minutes, "minute");
  const rest = minutes % 60;
  return [one(Math.floor(minutes / 60), "hour"), rest > 0 ? one(rest, "minute") : ""].filter(Boolean).join(" ");
}

/** The words of a fragment of HTML, for descriptions and excerpts. */
export function plainText(html: string, charactersMax: number): string {
  const words = html
    .replace(/<(script|style)\b[\s\S]*?<\/\1\s*>/gi, " ")
    .replace(/<[^>]*>/g, " ")
    .replace(/&nbsp;/g, " ")
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&amp;/g, "&")
    .replace(/\s+/g, " ")
    .trim();
  const letters = [...words];
  return letters.length <= charactersMax
    ? words
    : `${letters
        .slice(0, charactersMax - 1)
        .join("")
        .trimEnd()}…`;
}
