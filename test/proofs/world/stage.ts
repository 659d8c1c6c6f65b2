import { Dice } from "../kit/dice.ts";
import { endState } from "./end-state.ts";
import type { Faults } from "./faults.ts";
import { Actress, SCENE_GOODS, scenes } from "./scenes.ts";
import { openWorldShop } from "./shop.ts";
import { restartIds } from "./typeid.ts";
import { World } from "./world.ts";

const MINUTE = 60_000;
/** By then every window, retry and hold of a story is over. */
const OVER_MS = 170 * MINUTE;

/** Plays stories in a fresh world without faults, but for what `direct` does to it; answers how everything stood at the end. */
export async function stage(
  seed: number,
  names: readonly string[],
  direct: (world: World) => void,
): Promise<{ state: string[]; calls: number; failure: unknown }> {
  const world = new World(new Dice(seed));
  world.restartIsolates();
  restartIds();
  const undo = world.timeline.install();
  const { info, warn, error } = console;
  const quiet = () => undefined;
  Object.assign(console, { info: quiet, warn: quiet, error: quiet });
  try {
    await openWorldShop(world, SCENE_GOODS);
    world.runCron(10 * MINUTE);
    let failure: unknown;
    const fail = (reason: unknown) => {
      failure ??= reason;
    };
    for (const name of names) void scenes[name]?.(new Actress(world, name.replaceAll(/\W+/g, "-"))).catch(fail);
    forgetCalls(world.faults);
    direct(world);
    await world.timeline.runUntil(world.timeline.elapsed + OVER_MS, () => undefined);
    const { calls } = world.faults;
    const skus = SCENE_GOODS.map((it) => it.sku);
    return { state: endState(world, skus), calls, failure };
  } finally {
    undo();
    Object.assign(console, { info, warn, error });
    for (const { database } of world.hosts.objects.values()) database.raw.close();
    world.d1.raw.close();
  }
}

function forgetCalls(faults: Faults): void {
  faults.calls = 0;
}

/** The first line in which two ends differ. */
export function difference(expected: readonly string[], got: readonly string[]): string | undefined {
  const missing = expected.filter((it) => !got.includes(it));
  const surplus = got.filter((it) => !expected.includes(it));
  if (missing.length === 0 && surplus.length === 0 && expected.length === got.length) return undefined;
  return `expected ${JSON.stringify(missing)}, got ${JSON.stringify(surplus)}`;
}
