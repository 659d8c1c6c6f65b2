import type { Letter } from "../../mail/contract.ts";

export type Locale = Letter["locale"];

interface Said {
  shop: string;
  /** Where the letter leads. */
  href: string;
}

/** To who wants an account: the link that opens it. */
export const welcomeLetter = (locale: Locale, said: Said): Letter => written(locale, said, WORDS[locale].welcome);

/** To who has an account, and somebody tried to open another one with the address. */
export const knownLetter = (locale: Locale, said: Said): Letter => written(locale, said, WORDS[locale].known);

/** To who forgot the password. */
export const resetLetter = (locale: Locale, said: Said): Letter => written(locale, said, WORDS[locale].reset);

/** To whose password is another one from now on. */
export const changedLetter = (locale: Locale, said: Said): Letter => written(locale, said, WORDS[locale].changed);

interface Words {
  subject: (shop: string) => string;
  paragraphs: readonly string[];
  link: string;
  notes: readonly string[];
}

const written = (locale: Locale, { shop, href }: Said, { subject, paragraphs, link, notes }: Words): Letter => ({
  locale,
  subject: subject(shop),
  paragraphs,
  link: { words: link, href },
  notes,
});

type Kind = "welcome" | "known" | "reset" | "changed";

const WORDS: { [locale in Locale]: { [kind in Kind]: Words } } = {
  en: {
    welcome: {
      subject: (shop) => `Welcome to ${shop}: confirm your address`,
      paragraphs: [
        "Somebody, probably you, wants to open an account with this address.",
        "Confirm that it is yours, with the password that you chose, and the account is open. Orders that you placed with it before are in it, too.",
      ],
      link: "Open the account",
      notes: [
        "The link opens once, within seven days.",
        "It was not you? Then leave this mail alone: without it there is no account.",
      ],
    },
    known: {
      subject: (shop) => `You have an account at ${shop}`,
      paragraphs: [
        "Somebody, probably you, wanted to open an account with this address. It has one already, and it stays as it is.",
        "Sign in with the password that you chose then, or have a new one made if you forgot it.",
      ],
      link: "Sign in",
      notes: ["It was not you? Then there is nothing to do: nobody learned that you have an account."],
    },
    reset: {
      subject: (shop) => `A new password at ${shop}`,
      paragraphs: ["Somebody, probably you, asked for a new password for the account with this address."],
      link: "Choose a new password",
      notes: [
        "The link opens once, within 30 minutes. Do not pass it on: who has it can open your account.",
        "It was not you? Then leave this mail alone. Your password stays as it is.",
      ],
    },
    changed: {
      subject: (shop) => `Your password at ${shop} was changed`,
      paragraphs: ["The password of your account was changed just now, and every other device was signed out."],
      link: "It was not me",
      notes: ["If it was you, there is nothing to do. If not, follow the link at once and choose a new password."],
    },
  },
  "zh-CN": {
    welcome: {
      subject: (shop) => `欢迎来到${shop}：请确认你的邮箱`,
      paragraphs: [
        "有人（可能是你）想用这个邮箱注册账户。",
        "请打开链接并输入你设置的密码，确认邮箱属于你，账户即可使用；之前用它下的订单也会在账户里。",
      ],
      link: "启用账户",
      notes: ["链接七天内有效，只能使用一次。", "不是你本人操作？请忽略这封邮件，账户不会建立。"],
    },
    known: {
      subject: (shop) => `你在${shop}已有账户`,
      paragraphs: [
        "有人（可能是你）想用这个邮箱注册账户。它已有账户，账户没有任何变化。",
        "请用当时设置的密码登录；如果忘记了，可以重新设置。",
      ],
      link: "登录",
      notes: ["不是你本人操作？无需处理，没有人因此知道你有账户。"],
    },
    reset: {
      subject: (shop) => `重新设置你在${shop}的密码`,
      paragraphs: ["有人（可能是你）请求为使用这个邮箱的账户重新设置密码。"],
      link: "设置新密码",
      notes: [
        "链接 30 分钟内有效，只能使用一次。请勿转发：得到它的人可以打开你的账户。",
        "不是你本人操作？请忽略这封邮件，密码不会改变。",
      ],
    },
    changed: {
      subject: (shop) => `你在${shop}的密码已更改`,
      paragraphs: ["你账户的密码刚刚被更改，其他设备已全部退出登录。"],
      link: "不是我本人操作",
      notes: ["如果是你本人操作，无需处理。如果不是，请立即打开链接设置新密码。"],
    },
  },
};
