import type { Art } from "./kit.ts";

export type Drawings = Record<string, () => Art>;

/** The bare stoneware under every glaze. */
export const CLAY = "#b98b66";

export const glazes = {
  celadon: { color: "#9dbfa9", speckle: "#5d7a68" },
  ash: { color: "#e9dfcf", speckle: "#8f7258" },
  oat: { color: "#dcc29b", speckle: "#7d5a3a" },
  rust: { color: "#b5583a", speckle: "#6d2d1e" },
  ink: { color: "#46566b", speckle: "#202b3b" },
  moss: { color: "#7c8556", speckle: "#454c2d" },
};
