import { DurableObject } from "cloudflare:workers";
import type { Claim, KeptCart, KeptLine } from "../src/capabilities/selling/carts/contract.ts";
import { type CartEdit, edit } from "../src/capabilities/selling/carts/rules.ts";
import type { Busy } from "../src/platform/objects.ts";
import { Alarms } from "./kit/alarms.ts";
import { GroupCommit } from "./kit/group-commit.ts";

/** A cart that nobody touched for this long is thrown away. */
const FORGOTTEN_MS = 30 * 86_400_000;
const SWEEP_MS = 86_400_000;

type Command =
  | { kind: "open"; id: string }
  | { kind: "edit"; id: string; edit: CartEdit }
  | { kind: "claim"; id: string; claim: Claim; instead?: string }
  | { kind: "unclaim"; id: string; orderId: string; isEmptied: boolean };

export type CartAnswer =
  | { outcome: "done"; cart: KeptCart }
  | { outcome: "claimed"; lines: KeptLine[] }
  | { outcome: "claimed_already"; claim: Claim }
  | { outcome: "unknown_cart" | "unknown_line" | "cart_checked_out" | "cart_full" };

/** Holds many open carts of one shop: the single writer of each, and the lock that lets one checkout at a time have it. */
export class CartRack extends DurableObject<Env> {
  private readonly sql = this.ctx.storage.sql;
  private readonly alarms = new Alarms(this.ctx);
  private readonly turn = new GroupCommit<Command, CartAnswer>(this.ctx, (commands) => this.decide(commands));
  private readonly changed = new Map<string, KeptCart>();
  private now = () => Date.now();

  constructor(state: DurableObjectState, env: Env) {
    super(state, env);
    this.sql.exec(
      `CREATE TABLE IF NOT EXISTS carts (
         id TEXT PRIMARY KEY, lines TEXT NOT NULL, claim TEXT, version INTEGER NOT NULL, touched_at INTEGER NOT NULL
       ) WITHOUT ROWID`,
    );
  }

  open(id: string): Promise<CartAnswer | Busy> {
    return this.turn.admit({ kind: "open", id });
  }

  edit(id: string, change: CartEdit): Promise<CartAnswer | Busy> {
    return this.turn.admit({ kind: "edit", id, edit: change });
  }

  /** Gives the cart to one checkout. `instead` names the order of a dead checkout whose claim may be replaced. */
  claim(id: string, claim: Claim, instead?: string): Promise<CartAnswer | Busy> {
    return this.turn.admit({ kind: "claim", id, claim, instead });
  }

  /** Opens the cart again after its checkout was refused. */
  unclaim(id: string, orderId: string): Promise<CartAnswer> {
    return this.turn.submit({ kind: "unclaim", id, orderId, isEmptied: false });
  }

  /** Opens the cart again without its lines, which are in another cart now. */
  empty(id: string, orderId: string): Promise<CartAnswer> {
    return this.turn.submit({ kind: "unclaim", id, orderId, isEmptied: true });
  }

  read(id: string): KeptCart | undefined {
    const row = this.sql
      .exec<{ lines: string; claim: string | null; version: number }>(
        "SELECT lines, claim, version FROM carts WHERE id = ?",
        id,
      )
      .toArray()[0];
    return (
      row && {
        id,
        lines: JSON.parse(row.lines),
        claim: row.claim === null ? null : JSON.parse(row.claim),
        version: row.version,
      }
    );
  }

  override async alarm(): Promise<void> {
    this.alarms.spent();
    this.sql.exec("DELETE FROM carts WHERE touched_at < ?", this.now() - FORGOTTEN_MS);
    if (this.sql.exec("SELECT 1 FROM carts LIMIT 1").toArray().length > 0) this.alarms.armBy(this.now() + SWEEP_MS);
  }

  private decide(commands: readonly Command[]): CartAnswer[] {
    const answers = commands.map((command) => this.decideOne(command));
    if (this.changed.size > 0) {
      const rows = [...this.changed.values()].map((it) => [it.id, it.lines, it.claim, it.version]);
      this.sql.exec(
        `INSERT OR REPLACE INTO carts
         SELECT value ->> 0, value -> 1, CASE WHEN value ->> 2 IS NULL THEN NULL ELSE value -> 2 END, value ->> 3, ? FROM json_each(?)`,
        this.now(),
        JSON.stringify(rows),
      );
      this.changed.clear();
      this.alarms.armBy(this.now() + SWEEP_MS);
    }
    return answers;
  }

  private decideOne(command: Command): CartAnswer {
    const cart = this.changed.get(command.id) ?? this.read(command.id);
    if (command.kind === "open") return this.keep(cart ?? { id: command.id, lines: [], claim: null, version: 1 });
    if (!cart) return { outcome: "unknown_cart" };
    if (command.kind === "edit") {
      const verdict = edit(cart, command.edit);
      return verdict.kind === "edited" ? this.keep(verdict.cart) : { outcome: verdict.kind };
    }
    if (command.kind === "unclaim") return this.openAgain(cart, command);
    if (cart.claim && cart.claim.orderId !== command.instead) return { outcome: "claimed_already", claim: cart.claim };
    this.keep({ ...cart, claim: command.claim });
    return { outcome: "claimed", lines: cart.lines };
  }

  private openAgain(cart: KeptCart, { orderId, isEmptied }: Extract<Command, { kind: "unclaim" }>): CartAnswer {
    if (cart.claim?.orderId !== orderId) return { outcome: "done", cart };
    const emptied = isEmptied ? { lines: [], version: cart.version + 1 } : {};
    return this.keep({ ...cart, ...emptied, claim: null });
  }

  private keep(cart: KeptCart): CartAnswer {
    this.changed.set(cart.id, cart);
    return { outcome: "done", cart };
  }
}
