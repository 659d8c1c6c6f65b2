/** Stands in for `typeid-js` in the simulated world: the same shape, and only clock and dice decide. */
const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
let number = 0;

export const restartIds = (): void => {
  number = 0;
};

export const typeidUnboxed = (prefix: string): string =>
  `${prefix}_${spell(Date.now(), 10)}${spell(number++, 6)}${"0".repeat(10)}`;

function spell(value: number, length: number): string {
  let text = "";
  for (let rest = value; text.length < length; rest = Math.floor(rest / 32)) text = ALPHABET.charAt(rest % 32) + text;
  return text;
}
