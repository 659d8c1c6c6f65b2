import { createExecutionContext, createScheduledController, waitOnExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import worker from "../../../../src/worker.ts";
import { api, shopKey } from "../../../support/api.ts";
import { fetchPicture, png, uploadPicture } from "../../../support/pictures.ts";
import { eventually } from "../../../support/settled.ts";

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

beforeAll(() => shopKey("demo"));
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** Moves the clock to so many days from now, at a full hour, and lets cron fire. */
async function runHourly(days: number): Promise<void> {
  const at = Math.floor(Date.now() / HOUR_MS) * HOUR_MS + days * DAY_MS;
  vi.setSystemTime(at);
  const exec = createExecutionContext();
  await worker.scheduled(createScheduledController({ cron: "* * * * *", scheduledTime: at }), env, exec);
  await waitOnExecutionContext(exec);
}

const look = async (src: string) => {
  const answer = await fetchPicture(src);
  await answer.arrayBuffer();
  return answer.status;
};
const report = async () => (await api("GET", "/media/storage")).body;
const views = async (name: string) =>
  (await env.DB.prepare("SELECT sum(views) AS n FROM media_heat WHERE name = ?").bind(name).first<{ n: number }>())
    ?.n ?? 0;

describe("pictures that nobody looks at", () => {
  it("move to the cheaper class after 30 quiet days, come back when they are seen again, and are whole all along", async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
    const bytes = png(64, 64, 21);
    const { src } = (await uploadPicture(bytes, "image/png")).body.picture;
    const object = `demo${src}`;
    const stored = async () => (await report()).classes;
    await eventually(async () => expect(await views(src.slice(7))).toBeGreaterThan(0));
    await runHourly(29);
    expect(await stored()).toMatchObject({ Standard: { pictures: 1 }, InfrequentAccess: { pictures: 0 } });
    vi.setSystemTime(Date.now() + 2 * DAY_MS);
    expect((await report()).cooling).toEqual({ pictures: 1, bytes: (await env.FILES.head(object))?.size });
    await runHourly(0);
    expect(await stored()).toMatchObject({ Standard: { pictures: 0 }, InfrequentAccess: { pictures: 1 } });
    const cold = await env.FILES.get(object);
    expect(cold?.httpMetadata?.contentType).toBe("image/png");
    expect(cold?.customMetadata).toEqual({ width: "64" });
    expect(await cold?.bytes()).toEqual(new Uint8Array(bytes));
    await runHourly(1);
    expect(await stored()).toMatchObject({ InfrequentAccess: { pictures: 1 } });
    vi.spyOn(Math, "random").mockReturnValue(0);
    await look(src);
    await eventually(async () => expect((await report()).warming.pictures).toBe(1));
    expect((await report()).hottest[0]).toMatchObject({ src });
    await runHourly(0);
    expect(await stored()).toMatchObject({ Standard: { pictures: 1 }, InfrequentAccess: { pictures: 0 } });
    expect(await look(src)).toBe(200);
  });

  it("are counted at every read from the bucket and at one in 64 from the cache; unknown names never", async () => {
    const { src } = (await uploadPicture(png(64, 64, 22), "image/png")).body.picture;
    const name = src.slice(7);
    await eventually(async () => expect(await views(name)).toBe(1));
    const dice = vi.spyOn(Math, "random").mockReturnValue(0.5);
    for (let i = 0; i < 20; i++) await look(src);
    expect(await views(name)).toBe(1);
    dice.mockReturnValue(1 / 65);
    await look(src);
    await eventually(async () => expect(await views(name)).toBe(65));
    const stray = `${"0".repeat(64)}.png`;
    expect(await look(`/media/${stray}`)).toBe(404);
    expect(await views(stray)).toBe(0);
  });
});
