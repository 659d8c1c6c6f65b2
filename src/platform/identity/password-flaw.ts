/** NIST SP 800-63B-4, 3.1.1.2: length counts, composition does not. */
export const PASSWORD_CHARACTERS_MIN = 10;
export const PASSWORD_CHARACTERS_MAX = 128;
/** Shorter names are found in many good passwords by chance. */
const NAME_CHARACTERS_MIN = 4;

export type PasswordFlaw = "too_short" | "too_long" | "too_common" | "too_personal";

/**
 * Why a new password is refused; undefined for a good one. `names` are what a guesser tries first: the e-mail address, the shop's
 * name. Characters are Unicode code points.
 */
export function passwordFlaw(password: string, names: readonly string[]): PasswordFlaw | undefined {
  const characters = [...password.normalize("NFKC")].length;
  if (characters < PASSWORD_CHARACTERS_MIN) return "too_short";
  if (characters > PASSWORD_CHARACTERS_MAX) return "too_long";
  const folded = fold(password);
  if (isCommon(folded)) return "too_common";
  const parts = names.flatMap((it) => [it, ...it.split("@", 1)]).map(fold);
  return parts.some((it) => it.length >= NAME_CHARACTERS_MIN && folded.includes(it)) ? "too_personal" : undefined;
}

/** What everybody adds to a word to please a form: digits and signs at its ends. */
function isCommon(folded: string): boolean {
  const word = folded.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, "");
  return COMMON.has(folded) || COMMON_WORDS.has(word) || isRun(folded) || isRepeated(folded);
}

/** `1234567890`, `zyxwvutsrq`, `aaaaaaaaaa`: each character one step from the last, always the same step. */
function isRun(text: string): boolean {
  const codes = [...text].map((it) => it.codePointAt(0) ?? 0);
  const steps = codes.slice(1).map((it, i) => it - (codes[i] ?? 0));
  const wrapped = text.replaceAll("90", "9:").replaceAll("09", ":9");
  return steps.every((it) => Math.abs(it) <= 1 && it === steps[0]) || (wrapped !== text && isRun(wrapped));
}

/** `abcabcabcabc`, `12121212121`: a piece of at most four characters again and again. */
const isRepeated = (text: string): boolean => /^(.{1,4})\1{2,}.{0,3}$/su.test(text) && new Set(text).size <= 4;

const fold = (text: string): string => text.normalize("NFKC").toLowerCase().replaceAll(/\s+/g, "");

const COMMON_WORDS = new Set(
  (
    "password passwort passw mypassword passwordpassword qwerty qwertz azerty qwertyuiop qwertyqwerty asdfghjkl zxcvbnm letmein " +
    "welcome iloveyou loveyou admin administrator changeme secret dragon monkey football baseball basketball superman batman " +
    "sunshine princess starwars shadow master whatever trustno michael jordan hello abc abcdef woaini woaiwojia nihao zhongguo " +
    "mima shouye test testtest default login user guest computer internet samsung google facebook pokemon naruto"
  ).split(" "),
);

const COMMON = new Set(
  (
    "1q2w3e4r5t 1q2w3e4r5t6y q1w2e3r4t5 q1w2e3r4t5y6 1qaz2wsx3edc 1qazxsw23edc zaq12wsxcde3 qazwsxedcrfv qwer1234asdf asdf1234qwer " +
    "5201314520 1314520520 123456789a a123456789 aa12345678 qq123456789 147258369 147258369a 1472583690 0987654321 9876543210 " +
    "1234554321 1233211234567 123123123a 11223344556 p@ssw0rd123 pa55word123 passw0rd123 qwerty!@#$%^ !@#$%^&*()"
  ).split(" "),
);
