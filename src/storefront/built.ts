/** The address of a built style sheet or script, of the release that made the page. */
export const built = ({ RELEASE }: Pick<Env, "RELEASE">, file: string): string =>
  `/${RELEASE === "canary" ? "canary-build" : "build"}/${file}`;
