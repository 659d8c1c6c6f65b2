import { abortAllDurableObjects, evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import type { RoomTerms } from "../../durable-objects/waiting-book.ts";
import type { RoomAnswer, WaitingRoom } from "../../durable-objects/waiting-room.ts";
import { commitmentOf, drawOrder } from "../../src/capabilities/marketing/waiting-room/rules/draw.ts";
import { newId } from "../../src/platform/ids.ts";
import type { Busy } from "../../src/platform/objects.ts";

const START = 1_900_000_000_000;
const terms = (more: Partial<RoomTerms> = {}): RoomTerms => ({
  version: 1,
  startsAt: START,
  endsAt: START + 3_600_000,
  admitPerSecond: 10,
  burst: 10,
  passMs: 60_000,
  livePassesMax: null,
  ...more,
});

/** A room whose clock stands where the test puts it, also after a restart. */
function openRoom(name: string, its = terms()) {
  let at = START - 60_000;
  const stub = () => env.WAITING_ROOM.getByName(`demo:${name}`);
  const told = { terms: its, isPaused: false };
  const setClock = async (now: number) => {
    at = now;
    await runInDurableObject(stub(), (it: WaitingRoom) => Object.assign(it, { now: () => at }));
  };
  const enter = (buyer: string, key: string = crypto.randomUUID()) =>
    stub().ask({ kind: "enter", id: newId("wre"), buyer, key }, told);
  const look = (id: string) => stub().ask({ kind: "look", id }, told);
  const survey = async () => {
    const answer = await stub().ask({ kind: "survey" }, told);
    if (answer.outcome !== "surveyed") throw new Error(answer.outcome);
    return answer.survey;
  };
  return { stub, told, setClock, enter, look, survey, now: () => at };
}

const standing = (answer: RoomAnswer | Busy) => {
  if (!("standing" in answer)) throw new Error(answer.outcome);
  return answer.standing;
};
const people = (count: number, name = "p") => Array.from({ length: count }, (_, i) => `${name}${i}@example.com`);

describe("a waiting room", () => {
  it("draws those who came before the start by the seed it committed to, and lists the draw for everybody", async () => {
    const room = openRoom("draw");
    await room.setClock(START - 60_000);
    const before = await room.survey();
    expect(before.seed).toBeNull();
    const entered = (await Promise.all(people(200).map((buyer) => room.enter(buyer)))).map(standing);
    expect(entered.every((it) => it.place === null && it.ahead === null && it.waitSeconds === null)).toBe(true);
    expect(await room.stub().drawnAfter(0, 10)).toEqual([]);
    await room.setClock(START);
    const after = await room.survey();
    expect(after.commitment).toBe(before.commitment);
    expect(commitmentOf(after.seed ?? "")).toBe(before.commitment);
    const drawn = await room.stub().drawnAfter(0, 1_000);
    expect(drawn).toEqual(
      drawOrder(
        after.seed ?? "",
        entered.map((it) => it.id),
      ),
    );
    for (const [i, id] of drawn.slice(0, 20).entries()) expect(standing(await room.look(id)).place).toBe(i + 1);
  });

  it("lets in the burst, then exactly the rate, in the order of arrival: no inversion among 10,000", async () => {
    const room = openRoom("rate", terms({ admitPerSecond: 100, burst: 50 }));
    await room.setClock(START);
    const arrived: string[] = [];
    for (let batch = 0; batch < 10; batch++) {
      await room.setClock(START + batch);
      const answers = await Promise.all(people(1_000, `b${batch}-`).map((buyer) => room.enter(buyer)));
      arrived.push(...answers.map((it) => standing(it).id));
    }
    for (const seconds of [1, 2, 7, 30]) {
      await room.setClock(START + seconds * 1_000);
      expect((await room.survey()).serving).toBe(50 + 100 * seconds);
    }
    await room.setClock(START + 200_000);
    const seen: Awaited<ReturnType<typeof room.look>>[] = [];
    for (let from = 0; from < arrived.length; from += 1_000)
      seen.push(...(await Promise.all(arrived.slice(from, from + 1_000).map((id) => room.look(id)))));
    const order = seen.map((it) => standing(it)).map(({ place, admittedAt }) => [place ?? 0, admittedAt ?? 0] as const);
    let inversions = 0;
    for (const [i, [place, at]] of order.entries()) {
      const [lastPlace, lastAt] = order[i - 1] ?? [0, 0];
      if (place <= lastPlace || at < lastAt) inversions++;
    }
    expect(inversions).toBe(0);
    expect(order.at(-1)?.[1]).toBe(START + (10_000 - 50) * 10);
  });

  it("gives one entry to one buyer, however often and however parallel they ask", async () => {
    const room = openRoom("once");
    await room.setClock(START - 1_000);
    const answers = await Promise.all(Array.from({ length: 50 }, () => room.enter("ann@example.com")));
    expect(new Set(answers.map((it) => standing(it).id)).size).toBe(1);
    expect(answers.map((it) => it.outcome).toSorted()[0]).toBe("entered");
    expect(answers.filter((it) => it.outcome === "entered")).toHaveLength(1);
    expect((await room.survey()).entered).toBe(1);
    const first = await room.enter("bob@example.com", "key-1");
    expect(await room.enter("bob@example.com", "key-1")).toMatchObject({
      outcome: "replayed",
      standing: { id: standing(first).id },
    });
    expect(await room.enter("cid@example.com", "key-1")).toEqual({ outcome: "key_reused" });
  });

  it("loses no place and lets nobody in twice across eviction and crash", async () => {
    const room = openRoom("crash", terms({ admitPerSecond: 20, burst: 5 }));
    await room.setClock(START - 1_000);
    const early = (await Promise.all(people(100, "early").map((buyer) => room.enter(buyer)))).map(standing);
    await evictDurableObject(room.stub());
    await room.setClock(START + 1_000);
    const late = (await Promise.all(people(100, "late").map((buyer) => room.enter(buyer)))).map(standing);
    const ids = [...early, ...late].map((it) => it.id);
    const all = async () => (await Promise.all(ids.map((id) => room.look(id)))).map(standing);
    const before = await all();
    await abortAllDurableObjects();
    await room.setClock(START + 1_000);
    expect(await all()).toEqual(before);
    expect((await room.survey()).serving).toBe(25);
    await abortAllDurableObjects();
    await room.setClock(START + 3_000);
    const after = await all();
    expect(after.filter((it) => it.admittedAt !== null)).toHaveLength(65);
    for (const [i, it] of before.entries()) {
      expect(after[i]?.place).toBe(it.place);
      if (it.admittedAt !== null) expect(after[i]).toMatchObject({ admittedAt: it.admittedAt, turn: it.turn });
    }
    expect(new Set(after.map((it) => it.place)).size).toBe(200);
  });

  it("gives the room of a pass that expired unused, or was used, to the next", async () => {
    const room = openRoom("live", terms({ admitPerSecond: 100, burst: 100, livePassesMax: 2, passMs: 10_000 }));
    await room.setClock(START);
    const [a, b, c, d] = (await Promise.all(people(4).map((buyer) => room.enter(buyer)))).map((it) => standing(it).id);
    expect(await room.survey()).toMatchObject({ serving: 2, livePasses: 2, waiting: 2 });
    await room.setClock(START + 4_000);
    await room.stub().passUsed(a ?? "", 1);
    expect(standing(await room.look(c ?? ""))).toMatchObject({ admittedAt: START + 4_000 });
    await room.stub().passUsed(a ?? "", 1);
    expect(await room.survey()).toMatchObject({ serving: 3, livePasses: 2, used: 1 });
    await room.setClock(START + 60_000);
    expect(standing(await room.look(d ?? ""))).toMatchObject({ admittedAt: START + 10_000 });
    expect(standing(await room.look(b ?? ""))).toMatchObject({ expiresAt: START + 10_000, usedAt: null });
  });

  it("lets whoever missed their turn line up again, behind everybody and with another pass", async () => {
    const room = openRoom("again", terms({ admitPerSecond: 1, burst: 1, passMs: 2_000 }));
    await room.setClock(START);
    const [ann] = (await Promise.all(people(8).map((buyer) => room.enter(buyer)))).map(standing);
    expect(ann).toMatchObject({ place: 1, turn: 1, admittedAt: START });
    expect(standing(await room.enter("p0@example.com"))).toMatchObject({ place: 1, turn: 1 });
    await room.setClock(START + 3_000);
    const again = await room.enter("p0@example.com");
    expect(again).toMatchObject({ outcome: "known", standing: { id: ann?.id, place: 9, turn: 2, admittedAt: null } });
  });

  it("stands still while there is nothing to buy, and earns nothing meanwhile", async () => {
    const room = openRoom("paused", terms({ admitPerSecond: 10, burst: 1 }));
    await room.setClock(START);
    await Promise.all(people(100).map((buyer) => room.enter(buyer)));
    await room.setClock(START + 1_000);
    await room.stub().ask({ kind: "survey" }, { terms: room.told.terms, isPaused: true });
    await room.setClock(START + 9_000);
    const paused = await room.stub().ask({ kind: "survey" }, { terms: room.told.terms, isPaused: true });
    expect(paused).toMatchObject({ survey: { serving: 11 } });
    expect((await room.survey()).serving).toBe(11);
    await room.setClock(START + 10_000);
    expect((await room.survey()).serving).toBe(21);
  });

  it("takes a faster rate from the moment it hears of it", async () => {
    const room = openRoom("faster", terms({ admitPerSecond: 10, burst: 1 }));
    await room.setClock(START);
    await Promise.all(people(500).map((buyer) => room.enter(buyer)));
    await room.setClock(START + 10_000);
    const faster = terms({ version: 2, admitPerSecond: 100, burst: 1 });
    await room.stub().ask({ kind: "survey" }, { terms: faster, isPaused: false });
    await room.setClock(START + 11_000);
    expect((await room.survey()).serving).toBe(1 + 100 + 100);
  });
});
