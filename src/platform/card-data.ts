/** 15 to 19 digits that may be grouped by blanks or dashes and touch no other digit or letter. */
const CANDIDATE = /(?<![\w.-])(?:\d[ -]?){14,18}\d(?![\w-])/g;
/** Issuer ranges by length (ISO/IEC 7812): American Express 15; Visa, Mastercard, Discover, JCB, UnionPay 16; UnionPay 19. */
const ISSUERS =
  /^(?:3[47]\d{13}|(?:4\d{3}|5[1-5]\d\d|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)|6011|65\d\d|64[4-9]\d|35(?:2[89]|[3-8]\d)|62\d\d)\d{12}|62\d{17})$/;
const CARD_CODE = /"(?:cvv2?|cvc2?|card_?(?:verification|security)_?code)"\s*:/i;

/** Whether `text` seems to hold a payment card number or its verification code (PCI DSS 3.3: never stored, never logged). */
export function holdsCardData(text: string): boolean {
  if (CARD_CODE.test(text)) return true;
  for (const [candidate] of text.matchAll(CANDIDATE)) {
    const digits = candidate.replace(/\D/g, "");
    if (ISSUERS.test(digits) && passesLuhn(digits)) return true;
  }
  return false;
}

/** The check digit rule of ISO/IEC 7812-1 annex B. */
function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i]);
    const doubled = digit * 2;
    sum += i % 2 === 0 ? digit : doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}
