import { typeidUnboxed } from "typeid-js";

/** An order journal of the bench shop that nothing else uses, as it stands in its orders' ids. */
const JOURNAL = "ff";
/** A journal that is full takes an order once D1 has some of those before it. */
const FULL_MS = 20;

/** The order that all others are made from: what the first request brought. */
let model;

/** Hands a journal one new order a request, as a flash sale's counter does, and answers when it is durable. */
async function handle(request, env) {
  if (request.method === "PUT") {
    model = await request.json();
    return new Response(null, { status: 204 });
  }
  const suffix = JOURNAL + typeidUnboxed("ord").slice("ord_".length);
  const order = JSON.stringify(model).replaceAll(model.id.slice("ord_".length), suffix);
  while ((await env.JOURNAL.getByName(`demo:${JOURNAL}`).intake([order])) === 0)
    await new Promise((resume) => setTimeout(resume, FULL_MS));
  return new Response(null, { status: 201 });
}

export default { fetch: handle };
export const web = { fetch: handle };
