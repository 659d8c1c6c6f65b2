import { runInDurableObject } from "cloudflare:test";

type Waking = Rpc.DurableObjectBranded & { alarm(): unknown };

/** Lets an object's alarm come now, whenever it is due, and waits until its work is done: its own may be under way at this moment. */
export const ring = <It extends Waking>(stub: DurableObjectStub<It>): Promise<void> =>
  runInDurableObject(stub, async (it: It, { storage }) => {
    await storage.deleteAlarm();
    await it.alarm();
  });
