/** The price of a metered call, from `Souk-Usage`; `cost` is an amount of `currency` with its decimals. */
export interface Receipt {
  meter: string;
  units: number;
  cost: string;
  currency: string;
  /** Calls that the month still allows. */
  remaining: number;
}

/** One limit of the key, from `RateLimit` and `RateLimit-Policy`: `left` of `limit` calls for the next `resetSeconds`. */
export interface Limit {
  name: string;
  limit: number;
  windowSeconds: number;
  left: number;
  resetSeconds: number;
}

/** What the answer said beside its body. */
export interface Told {
  /** 0 when there was no answer. */
  status: number;
  requestId?: string;
  receipt?: Receipt;
  limits: Limit[];
  /** The `Idempotency-Key` that went with the call: send it again with the same input to learn what became of it. */
  key?: string;
  /** How often the call was sent. */
  attempts: number;
}

/** An RFC 9457 problem document; `code` is stable, `detail` is for people, other members are facts about the refusal. */
export interface Problem<Code extends string = string> {
  code: Code;
  status: number;
  title: string;
  detail: string;
  type?: string;
  request_id?: string;
  errors?: { field: string; code: string; detail: string }[];
  [fact: string]: unknown;
}

/** Codes that this client itself gives: nobody answered, or something between you and the platform answered. */
export type ClientCode = "no_answer" | "unreadable_answer" | "no_token";

export type ClientProblem = Problem<ClientCode>;

export const clientProblem = (code: ClientCode, status: number, detail: string): Problem<ClientCode> => ({
  code,
  status,
  title: code.replaceAll("_", " "),
  detail,
});

export function readReceipt(headers: Headers): Receipt | undefined {
  const members = membersOf(headers.get("souk-usage"), ", ");
  const { meter, units, cost, currency, remaining } = members;
  if (!meter || !cost || !currency) return undefined;
  return { meter, units: Number(units), cost, currency, remaining: Number(remaining) };
}

export function readLimits(headers: Headers): Limit[] {
  const policies = new Map(itemsOf(headers.get("ratelimit-policy")));
  return itemsOf(headers.get("ratelimit")).map(([name, { r, t }]) => {
    const { q, w } = policies.get(name) ?? {};
    return { name, limit: Number(q), windowSeconds: Number(w), left: Number(r), resetSeconds: Number(t) };
  });
}

/** `"second";r=4;t=1, "month";r=900;t=86400` as names with their parameters. */
const itemsOf = (field: string | null): [string, Record<string, string>][] =>
  (field ?? "")
    .split(", ")
    .filter(Boolean)
    .map((item) => {
      const [name = "", ...parameters] = item.split(";");
      return [name.replaceAll('"', ""), membersOf(parameters.join(";"), ";")];
    });

const membersOf = (text: string | null, separator: string): Record<string, string> =>
  Object.fromEntries(
    (text ?? "").split(separator).map((member) => {
      const at = member.indexOf("=");
      return at < 0 ? [member, ""] : [member.slice(0, at), member.slice(at + 1)];
    }),
  );

/** The answer's body: JSON as its value, text as text, anything else as a Blob, none as undefined. */
export async function readValue(answer: Response): Promise<ReturnType<typeof JSON.parse>> {
  if (answer.status === 204) return undefined;
  const type = answer.headers.get("content-type") ?? "";
  if (/[/+]json\b/.test(type)) return answer.json();
  return type.startsWith("text/") ? answer.text() : answer.blob();
}

/** The problem document of a refusal, or the error of a token endpoint as one; an answer that holds neither is not the platform's. */
export async function readProblem(answer: Response): Promise<Problem> {
  const text = await answer.text();
  try {
    const told = JSON.parse(text);
    if (typeof told?.code === "string") return told;
    if (typeof told?.error === "string")
      return { code: told.error, status: answer.status, title: told.error, detail: String(told.error_description) };
  } catch {
    // Told below.
  }
  return clientProblem("unreadable_answer", answer.status, text.slice(0, 200));
}
