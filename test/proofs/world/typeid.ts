/** Stands in for `typeid-js` in the simulated world: the same shape, and only clock and dice decide. */
const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
let number = 0;

export const restartIds = (): void => {
  number = 0;
};

export const typeidUnboxed = (prefix: string): string => idAt(prefix, Date.now(), number++);

/** The id of a UUIDv7: of its 48 bits of time, and of nothing else that it says. */
export const fromUUID = (uuid: string, prefix: string): string =>
  idAt(prefix, Number.parseInt(uuid.replace("-", "").slice(0, 12), 16), 0);

export const getSuffix = (id: string): string => id.slice(id.indexOf("_") + 1);

const idAt = (prefix: string, time: number, count: number): string =>
  `${prefix}_${spell(time, 10)}${spell(count, 6)}${"0".repeat(10)}`;

function spell(value: number, length: number): string {
  let text = "";
  for (let rest = value; text.length < length; rest = Math.floor(rest / 32)) text = ALPHABET.charAt(rest % 32) + text;
  return text;
}
