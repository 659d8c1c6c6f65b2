import { chooseRule } from "../src/capabilities/marketing/canary/rules/choose.ts";
import { Facts } from "../src/capabilities/marketing/canary/rules/facts.ts";
import { words } from "../src/capabilities/marketing/canary/rules/words.ts";
import { placeOrder } from "../src/capabilities/selling/checkout/contract.ts";

/** Fifty rules as shops write them, none true for the request below: every one is asked. */
const conditions = [
  'headers.get("X-User-Group") == "gold"',
  'headers.get("X-Canary") == "true" && country == "DE"',
  'country in ["US", "CA", "MX"] && device == "ios"',
  'device == "android" && channel == "app" && version.atLeast("8.2")',
  'tier in ["pro", "elite"]',
  'tenant == "acme" && bucket < 5',
  'channel == "wechat" || headers.get("X-Partner") == "p1"',
  'path.startsWith("/products/") && bucket < 0.5',
  'version.atLeast("9.0") && country == "CN"',
  "bucket < 0.01",
];
const RULES = 50;
const rules = Array.from({ length: RULES }, (_, i) => {
  const compiled = words.compile(conditions[i % conditions.length], "bool");
  if (!compiled.ok) throw new Error(compiled.detail);
  return { rule: { id: `car_${i}` }, condition: compiled.value };
});

const body = JSON.stringify({
  cart_id: "cart_0001m7yy6y2rfvps44tgyvgmhag2",
  email: "ann@example.com",
  shipping_address: {
    name: "Ann Lee",
    line1: "1 Main Street",
    city: "Springfield",
    postal_code: "62701",
    country: "US",
  },
  payment_provider: "sandbox",
});

/** What is done to any order before its action runs: address, query and body, read and checked. */
function parse(request) {
  const { pathname, searchParams } = new URL(request.url);
  const order = placeOrder.body.safeParse(JSON.parse(body));
  return pathname.length + searchParams.size + Number(order.success);
}

function decide({ headers }, i) {
  const facts = new Facts({ headers, country: "CN", region: "SH", tenant: "demo", path: "/", subject: `vis_${i}` });
  return chooseRule(rules, facts) === undefined ? 1 : 0;
}

/** `?of=decide&times=1000`: does it so often; the caller holds the clock. Answers how often nothing was chosen or how much was read. */
export default {
  fetch(request) {
    const { searchParams } = new URL(request.url);
    const times = Number(searchParams.get("times"));
    const work = searchParams.get("of") === "decide" ? decide : parse;
    let done = 0;
    for (let i = 0; i < times; i++) done += work(request, i);
    return new Response(String(done));
  },
};
