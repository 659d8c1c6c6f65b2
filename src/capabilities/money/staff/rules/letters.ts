import type { Letter } from "../../../selling/mail/contract.ts";

export type Locale = Letter["locale"];

interface Said {
  shop: string;
  /** Where the letter leads. */
  href: string;
}

/** To somebody who is asked to join the staff. */
export const invitationLetter = (locale: Locale, { shop, href }: Said): Letter =>
  locale === "zh-CN"
    ? {
        locale,
        subject: `邀请你加入${shop}的店铺团队`,
        paragraphs: [`${shop}邀请你成为店铺成员。打开链接，填写姓名并设置你自己的密码，即可加入。`],
        link: { words: "加入团队", href },
        notes: [
          "链接 72 小时内有效，只能使用一次。请勿转发：得到它的人可以代替你加入。",
          "不认识这家店？请忽略这封邮件。",
        ],
      }
    : {
        locale,
        subject: `An invitation to the staff of ${shop}`,
        paragraphs: [
          `${shop} invites you to join its staff. Follow the link, and choose your name and a password of your own.`,
        ],
        link: { words: "Join the staff", href },
        notes: [
          "The link opens once, within 72 hours. Do not pass it on: who has it can join in your place.",
          "You do not know this shop? Then leave this mail alone.",
        ],
      };

/** To a member who forgot the password of the studio. */
export const resetLetter = (locale: Locale, { shop, href }: Said): Letter =>
  locale === "zh-CN"
    ? {
        locale,
        subject: `重新设置${shop}工作室的密码`,
        paragraphs: [`有人（可能是你）请求重新设置你在${shop}工作室的密码。`],
        link: { words: "设置新密码", href },
        notes: [
          "链接 30 分钟内有效，只能使用一次。请勿转发。登录时仍需要你的第二重验证。",
          "不是你本人操作？请忽略这封邮件，并告诉店主。",
        ],
      }
    : {
        locale,
        subject: `A new password for the studio of ${shop}`,
        paragraphs: [`Somebody, probably you, asked for a new password for the studio of ${shop}.`],
        link: { words: "Choose a new password", href },
        notes: [
          "The link opens once, within 30 minutes. Do not pass it on. Your second factor stays as it is.",
          "It was not you? Then leave this mail alone, and tell an owner of the shop.",
        ],
      };

/** To a member whose password was set by such a link. */
export const changedLetter = (locale: Locale, { shop, href }: Said): Letter =>
  locale === "zh-CN"
    ? {
        locale,
        subject: `你在${shop}工作室的密码已更改`,
        paragraphs: ["你的密码刚刚通过邮件链接更改，所有设备均已退出登录。"],
        link: { words: "不是我本人操作", href },
        notes: ["如果不是你本人操作，请立即设置新密码，并告诉店主。"],
      }
    : {
        locale,
        subject: `Your password for the studio of ${shop} was changed`,
        paragraphs: ["Your password was changed just now by the link of a mail, and every device was signed out."],
        link: { words: "It was not me", href },
        notes: ["If it was not you, choose a new password at once and tell an owner of the shop."],
      };
