import { type Money, minorDigits } from "../../../../platform/money.ts";
import type { Letter } from "../../mail/contract.ts";
import type { Order } from "../rules.ts";

type Locale = Letter["locale"];
/** Lines that are named; the order's page has all of them. */
const LINES_MAX = 20;

export const localeOf = ({ locale }: Pick<Order, "locale">): Locale => (locale === "zh-CN" ? "zh-CN" : "en");

/** What the buyer of a paid order is told, in the order's language. */
export function confirmationLetter(order: Order, shop: string, href: string): Letter {
  const locale = localeOf(order);
  const words = WORDS[locale];
  const lines = order.lines.slice(0, LINES_MAX).map((it) => {
    const title = it.variant_title === "" ? it.title : `${it.title} (${it.variant_title})`;
    return `${it.quantity} × ${title}: ${money(it.total, locale)}`;
  });
  const rest = order.lines.length - lines.length;
  return {
    locale,
    subject: words.subject(order.number, shop),
    paragraphs: [
      words.thanks(order.number),
      ...lines,
      ...(rest > 0 ? [words.more(rest)] : []),
      words.total(money(order.total, locale)),
    ],
    link: { words: words.see, href },
    notes: [words.keep],
  };
}

const WORDS = {
  en: {
    subject: (number: string, shop: string) => `Your order ${number} at ${shop}`,
    thanks: (number: string) => `Thank you. Your order ${number} is paid and will be packed soon.`,
    more: (count: number) => `and ${count} more`,
    total: (sum: string) => `Total: ${sum}`,
    see: "See the order",
    keep: "The link opens your order without signing in. Keep this mail, and do not pass it on.",
  },
  "zh-CN": {
    subject: (number: string, shop: string) => `你在${shop}的订单 ${number}`,
    thanks: (number: string) => `谢谢惠顾。你的订单 ${number} 已付款，我们将尽快发货。`,
    more: (count: number) => `另有 ${count} 件商品`,
    total: (sum: string) => `合计：${sum}`,
    see: "查看订单",
    keep: "此链接无需登录即可打开你的订单。请保存这封邮件，不要转发给他人。",
  },
};

const money = ({ amount, currency }: Money, locale: Locale): string =>
  new Intl.NumberFormat(locale, { style: "currency", currency }).format(amount / 10 ** minorDigits(currency));
