import { setTimeout as sleep } from "node:timers/promises";
import { Pool } from "undici";

const ANSWER_MS = 100_000;
const PAUSE_MS = 25;

export interface Answer {
  status: number;
  body: ReturnType<typeof JSON.parse>;
  /** The Retry-After header in milliseconds. */
  retryAfterMs: number | undefined;
  /** From sending to the whole answer. */
  ms: number;
}

export interface Call {
  method?: "GET" | "POST" | "PUT" | "PATCH";
  path: string;
  body?: unknown;
  /** A staff or operator key. */
  bearer?: string;
  idempotencyKey?: string;
  /** The shop; the demo shop unless told. */
  shop?: string;
}

/** A crowd's way to one world: keep-alive connections, and eyes on what comes back. */
export class Caller {
  /** Answers by status, and by code where it is a problem. */
  readonly seen = new Map<string, number>();
  private readonly pool: Pool;
  private goodAnswer: (() => void) | undefined;

  constructor(origin: string, connections: number) {
    this.pool = new Pool(origin, { connections, pipelining: 1, headersTimeout: ANSWER_MS, bodyTimeout: ANSWER_MS });
  }

  /** One try; rejects when the connection is lost, and then nobody knows what happened. */
  async once({ method = "GET", path, body, bearer, idempotencyKey, shop = "demo" }: Call): Promise<Answer> {
    const headers: Record<string, string> = { host: `${shop}.localhost` };
    if (body !== undefined) headers["content-type"] = "application/json";
    if (bearer) headers.authorization = `Bearer ${bearer}`;
    if (idempotencyKey) headers["idempotency-key"] = idempotencyKey;
    const sentAt = performance.now();
    const answer = await this.pool.request({
      method,
      path,
      headers,
      body: body === undefined ? null : JSON.stringify(body),
    });
    const text = await answer.body.text();
    const ms = performance.now() - sentAt;
    const { statusCode: status } = answer;
    const parsed = text === "" ? undefined : JSON.parse(text);
    this.count(status < 400 ? `${status}` : `${status} ${parsed?.code}`);
    if (status < 500) this.goodAnswer?.();
    const retryAfter = answer.headers["retry-after"];
    return { status, body: parsed, ms, retryAfterMs: retryAfter === undefined ? undefined : Number(retryAfter) * 1000 };
  }

  /** Tries until somebody answers: a lost connection is an unknown outcome, so the same call is made again. */
  async untilAnswered(call: Call, isOver: () => boolean = () => false): Promise<Answer> {
    for (;;) {
      try {
        return await this.once(call);
      } catch (error) {
        this.count("lost");
        if (isOver()) throw error;
        await sleep(PAUSE_MS);
      }
    }
  }

  /** The same for callers who cannot go on otherwise. */
  async must(call: Call): Promise<Answer["body"]> {
    const { status, body } = await this.untilAnswered(call);
    if (status >= 400) throw new Error(`${call.method ?? "GET"} ${call.path} answered ${status} ${body?.detail}`);
    return body;
  }

  /** Resolves with the next answer that is not an excuse. */
  nextGoodAnswer(): Promise<void> {
    return new Promise((resolve) => {
      this.goodAnswer = () => {
        this.goodAnswer = undefined;
        resolve();
      };
    });
  }

  /** Answers of a status that nobody should ever get. */
  countOf(status: RegExp): number {
    return [...this.seen].reduce((sum, [what, count]) => (status.test(what) ? sum + count : sum), 0);
  }

  close(): Promise<void> {
    return this.pool.destroy();
  }

  private count(what: string): void {
    this.seen.set(what, (this.seen.get(what) ?? 0) + 1);
  }
}
