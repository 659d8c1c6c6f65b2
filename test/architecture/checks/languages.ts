type Words = Readonly<Record<string, unknown>>;

/** The facts that a message names, in all its variants: `{count}`. */
const factsIn = (message: unknown): string =>
  [...new Set(JSON.stringify(message).match(/\{[a-z_]\w*\}/gi))].sort().join(" ");

/** Messages that one of two languages lacks, or says with other facts. The compiler of messages takes both without a word. */
export function languageFlaws(first: Words, second: Words): string[] {
  const flaws = Object.entries(first).flatMap(([key, words]) => {
    if (!(key in second)) return [`${key} is missing in the second language`];
    const [one, other] = [factsIn(words), factsIn(second[key])];
    return one === other ? [] : [`${key} says ${one} in one language and ${other} in the other`];
  });
  return [...flaws, ...missingIn(first, second)];
}

const missingIn = (first: Words, second: Words): string[] =>
  Object.keys(second)
    .filter((key) => !(key in first))
    .map((key) => `${key} is missing in the first language`);
