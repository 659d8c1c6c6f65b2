import { setTimeout as sleep } from "node:timers/promises";
import type { Answer } from "../kit/caller.ts";
import type { Finding } from "../kit/goal.ts";
import { type Hall, openSale } from "./fairness.ts";

const TRIES = 50;
/** Longer than this goal takes, and as short as they come. */
const PASS_SECONDS = { good: 3_600, brief: 10 };

/** Passes that are forged, somebody else's, too old or used: admitted 0 times, each refused with its reason. */
export async function refusePasses(hall: Hall): Promise<Finding> {
  const { caller } = hall;
  const violations: string[] = [];
  const open = (pass_seconds: number) =>
    openSale(hall, -1_000, { waiting_room: { admit_per_second: 1_000, pass_seconds } });
  const [sale, brief] = [await open(PASS_SECONDS.good), await open(PASS_SECONDS.brief)];
  const take = (email: string, pass: string | undefined, key: string, at = sale): Promise<Answer> =>
    caller.untilAnswered({
      method: "POST",
      path: `/api/v1/flash-sales/${at}/participations`,
      idempotencyKey: key,
      body: { email, pass },
    });
  const probe = await take("probe@example.com", undefined, "probe");
  if (probe.body?.code === "not_found")
    return {
      goal: "T20 passes",
      n: 0,
      violations,
      samples: [],
      facts: { skipped: "participations are not served yet" },
    };
  const passOf = async (email: string, at = sale): Promise<string> => {
    const entries = `/api/v1/flash-sales/${at}/waiting-room/entries`;
    const { entry, token } = await caller.must({ method: "POST", path: entries, body: { email } });
    for (;;) {
      const { pass, poll_after_seconds } = await caller.must({ path: `${entries}/${entry.id}?token=${token}` });
      if (pass) return pass;
      await sleep(poll_after_seconds * 1000);
    }
  };
  const [own, used, old] = [
    await passOf("own@example.com"),
    await passOf("used@example.com"),
    await passOf("old@example.com", brief),
  ];
  const admitted = await take("used@example.com", used, "used-first");
  if (admitted.status !== 201) violations.push(`a good pass was answered ${admitted.status} ${admitted.body?.code}`);
  const forged = (i: number) => {
    const at = i % own.length;
    return own.slice(0, at) + (own[at] === "A" ? "B" : "A") + own.slice(at + 1);
  };
  const cases: [string, (i: number) => Promise<Answer>, RegExp][] = [
    ["without a pass", (i) => take(`none-${i}@example.com`, undefined, `none-${i}`), /^pass_required$/],
    ["with a forged pass", (i) => take("own@example.com", forged(i), `forged-${i}`), /^pass_(invalid|foreign)$/],
    ["with somebody else's pass", (i) => take(`thief-${i}@example.com`, own, `thief-${i}`), /^pass_foreign$/],
    ["with a used pass", (i) => take("used@example.com", used, `again-${i}`), /^(pass_used|already_participated)$/],
    ["with an expired pass", (i) => take("old@example.com", old, `old-${i}`, brief), /^pass_expired$/],
  ];
  for (const [what, act, codes] of cases) {
    if (what.includes("expired")) await sleep(PASS_SECONDS.brief * 1000 + 1_000);
    const answers = await Promise.all(Array.from({ length: TRIES }, (_, i) => act(i)));
    const wrong = answers.filter((it) => it.status === 201 || !codes.test(it.body?.code));
    if (wrong.length > 0)
      violations.push(`${wrong.length} ${what} were answered ${wrong[0]?.status} ${wrong[0]?.body?.code}`);
  }
  return { goal: "T20 passes", n: TRIES * cases.length, violations, samples: [] };
}
