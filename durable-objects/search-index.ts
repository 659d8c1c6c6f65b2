import { DurableObject } from "cloudflare:workers";
import {
  collectionMembers,
  describeAfter,
  describeProducts,
} from "../src/capabilities/selling/catalog/actions/describe-products.ts";
import type { Product } from "../src/capabilities/selling/catalog/contract/shapes.ts";
import { unitsSoldSince } from "../src/capabilities/selling/orders/actions/count-sales.ts";
import type { Found, IndexState, Question, RebuildState } from "../src/capabilities/selling/search/rules/answer.ts";
import { wordsOfTerm } from "../src/capabilities/selling/search/rules/clauses.ts";
import { entryOf, type SealedCard } from "../src/capabilities/selling/search/rules/entry.ts";
import type { Wish } from "../src/capabilities/selling/selection/rules/select.ts";
import { readMirror } from "../src/capabilities/selling/stock/actions/mirror.ts";
import type { Ctx } from "../src/platform/context.ts";
import { newId } from "../src/platform/ids.ts";
import { describe, log } from "../src/platform/log.ts";
import { HotWords } from "./hot-words.ts";
import { Alarms } from "./kit/alarms.ts";
import { objectContext } from "./kit/object-context.ts";
import { SalesPace } from "./sales-pace.ts";
import { type Available, SearchBook } from "./search-book.ts";
import { SearchDesk } from "./search-desk.ts";
import { type Selected, selectFrom } from "./selection-desk.ts";
import { StockCopy } from "./stock-copy.ts";

/** Changes are gathered for so long before they are read: an import changes a hundred products at once, many times. */
const GATHER_MS = 150;
const BATCH_PRODUCTS = 100;
/** One alarm works for this long and then lets the next one carry on. */
const TURN_MS = 5_000;
/** Between two batches searches get their turn. */
const BREATH_MS = 5;
const RETRY_MS = 2_000;

interface Rebuild extends RebuildState {
  generation: number;
  after: string;
}

/**
 * The search index of one shop. Events only tell it what changed; it reads what is there now, so repeated, late and swapped events
 * do no harm. Deleted, it makes itself anew from the catalogue at the first search.
 */
export class SearchIndex extends DurableObject<Env> {
  private readonly book = new SearchBook(this.ctx.storage.sql);
  private readonly hot = new HotWords(this.ctx.storage.sql);
  private readonly desk = new SearchDesk(this.book, () => this.synonyms());
  private readonly sales = new SalesPace(this.ctx.storage);
  private readonly alarms = new Alarms(this.ctx);
  private readonly stock = new StockCopy(this.ctx, this.book, () => this.ownContext());
  private now = () => Date.now();

  constructor(state: DurableObjectState, env: Env) {
    super(state, env);
    state.storage.sql.exec(`CREATE TABLE IF NOT EXISTS dirty (kind TEXT NOT NULL, handle TEXT NOT NULL, seq INTEGER NOT NULL,
      PRIMARY KEY (kind, handle)) WITHOUT ROWID`);
    if (this.rebuildState === undefined || this.book.isAnew) this.startRebuild();
  }

  async search(question: Question): Promise<Found> {
    await this.stock.follow(this.now());
    const found = this.desk.answer(question);
    return found.total > 0 ? found : { ...found, popular: this.hot.hottest("", 8, this.now()) };
  }

  /** Queries that others made, and products whose words begin so. */
  suggest(query: string, limit: number): { queries: string[]; products: SealedCard[] } {
    const queries = this.hot.hottest(query, limit, this.now());
    return { queries, products: query === "" ? [] : this.desk.begun(query, limit) };
  }

  /** Products that selectors choose, best first, each with its reasons. */
  async select(wish: Wish, page: { offset: number; limit: number }): Promise<Selected> {
    await this.stock.follow(this.now());
    if (wish.selectors.some((it) => it.kind === "sales")) await this.followSales();
    return selectFrom(this.book, this.sales, { wish, ...page, now: this.now() });
  }

  /** Something about these products or collections is different: they are read again soon. */
  changed(kind: "product" | "collection", handles: readonly string[]): void {
    const seq = (this.ctx.storage.kv.get<number>("seq") ?? 0) + 1;
    this.ctx.storage.kv.put("seq", seq);
    this.ctx.storage.sql.exec(
      "INSERT OR REPLACE INTO dirty (kind, handle, seq) SELECT ?, value, ? FROM json_each(?)",
      ...[kind, seq, JSON.stringify(handles)],
    );
    this.alarms.armBy(this.now() + GATHER_MS);
  }

  countSearches(event: string, searches: Readonly<Record<string, number>>): void {
    this.ctx.storage.transactionSync(() => this.hot.count(event, searches, this.now()));
  }

  /** Reads the whole catalogue again; a rebuild that runs goes on. */
  rebuild(): IndexState {
    if (this.rebuildState?.status !== "running") this.startRebuild();
    return this.state();
  }

  state(): IndexState {
    const row = this.ctx.storage.sql.exec<{ n: number }>("SELECT count(*) AS n FROM dirty").one();
    const { generation: _, after: __, ...rebuild } = this.rebuildState ?? this.startRebuild();
    return { products: this.book.size, waiting: row.n, rebuild };
  }

  readSynonyms(): string[][] {
    return this.ctx.storage.kv.get<string[][]>("synonyms") ?? [];
  }

  writeSynonyms(groups: string[][]): void {
    this.ctx.storage.kv.put("synonyms", groups);
    this.synonymWords = undefined;
    this.book.version++;
  }

  /** What the index says of the stock of these SKUs. Asking lets it follow the mirror, as searches do. */
  levelsOf(skus: readonly string[]): ({ sku: string } & Available)[] {
    void this.stock.follow(this.now());
    return this.book.levelsOf(skus);
  }

  repairLevel(sku: string, seen: Available, level: Available): void {
    this.ctx.storage.transactionSync(() => this.book.repairLevel(sku, seen, level));
  }

  override async alarm(): Promise<void> {
    this.alarms.spent();
    try {
      const ctx = await this.ownContext();
      if (ctx) await this.work(ctx);
    } catch (error) {
      log("warn", "indexing_delayed", { tenant: this.ctx.id.name, error: describe(error) });
      this.alarms.armBy(this.now() + RETRY_MS);
    }
  }

  private async work(ctx: Ctx): Promise<void> {
    const until = this.now() + TURN_MS;
    while (this.now() < until) {
      const isIdle = !(await this.readCollections(ctx)) && !(await this.readProducts(ctx)) && !(await this.readOn(ctx));
      if (isIdle) return;
      await scheduler.wait(BREATH_MS);
    }
    this.alarms.armBy(this.now());
  }

  private async readProducts(ctx: Ctx): Promise<boolean> {
    const dirty = this.dirty("product", BATCH_PRODUCTS);
    if (dirty.length === 0) return false;
    const handles = dirty.map((it) => it.handle);
    const products = await describeProducts(ctx, handles);
    const there = new Set(products.map((it) => it.handle));
    await this.shelve(
      ctx,
      products,
      handles.filter((it) => !there.has(it)),
      dirty,
    );
    return true;
  }

  private async readCollections(ctx: Ctx): Promise<boolean> {
    const [dirty] = this.dirty("collection", 1);
    if (!dirty) return false;
    const members = new Set(await collectionMembers(ctx, dirty.handle));
    this.ctx.storage.transactionSync(() => {
      this.book.fillCollection(dirty.handle, members);
      this.settle("collection", [dirty]);
    });
    return true;
  }

  /** The next step of a rebuild; answers whether there was one. */
  private async readOn(ctx: Ctx): Promise<boolean> {
    const running = this.rebuildState;
    if (running?.status !== "running") return false;
    const products = await describeAfter(ctx, running.after, BATCH_PRODUCTS);
    const last = products.at(-1);
    const gone = last ? [] : this.book.olderThan(running.generation);
    await this.shelve(ctx, products, gone, []);
    this.ctx.storage.kv.put<Rebuild>("rebuild", {
      ...running,
      products: running.products + products.length,
      ...(last ? { after: last.handle } : { status: "done" as const, finished_at: new Date(this.now()).toISOString() }),
    });
    return true;
  }

  private async shelve(
    ctx: Ctx,
    products: readonly Product[],
    gone: readonly string[],
    dirty: readonly Dirty[],
  ): Promise<void> {
    const stocks = await readMirror(
      ctx,
      products.flatMap((it) => it.variants.map((variant) => variant.sku)),
    );
    const levels = new Map(
      [...stocks].map(([sku, { onHand, reserved, version }]) => [sku, { available: onHand - reserved, version }]),
    );
    const generation = this.rebuildState?.generation ?? 0;
    this.ctx.storage.transactionSync(() => {
      for (const handle of gone) this.book.remove(handle);
      for (const product of products) {
        const entry = entryOf(product);
        if (entry) this.book.put(entry, levels, generation);
        else this.book.remove(product.handle);
      }
      this.settle("product", dirty);
    });
  }

  private dirty = (kind: "product" | "collection", limit: number): Dirty[] =>
    this.ctx.storage.sql
      .exec<{ handle: string; seq: number }>("SELECT handle, seq FROM dirty WHERE kind = ? LIMIT ?", kind, limit)
      .toArray();

  /** What was marked again while it was read stays marked. */
  private settle(kind: "product" | "collection", done: readonly Dirty[]): void {
    for (const { handle, seq } of done)
      this.ctx.storage.sql.exec("DELETE FROM dirty WHERE kind = ? AND handle = ? AND seq = ?", kind, handle, seq);
  }

  private startRebuild(): Rebuild {
    const state: Rebuild = {
      ...{ id: newId("rbd"), status: "running", products: 0, after: "" },
      generation: (this.rebuildState?.generation ?? 0) + 1,
      started_at: new Date(this.now()).toISOString(),
      finished_at: null,
    };
    this.ctx.storage.kv.put("rebuild", state);
    this.alarms.armBy(this.now());
    return state;
  }

  private get rebuildState(): Rebuild | undefined {
    return this.ctx.storage.kv.get<Rebuild>("rebuild");
  }

  private synonymWords: string[][][] | undefined;

  private synonyms(): string[][][] {
    this.synonymWords ??= this.readSynonyms().map((group) => group.map(wordsOfTerm));
    return this.synonymWords;
  }

  private ownContext = (): Promise<Ctx | undefined> =>
    objectContext(this.env, this.ctx, { tenantId: this.ctx.id.name ?? "", requestId: newId("req") });

  private async followSales(): Promise<void> {
    const ctx = await this.ownContext();
    if (ctx) await this.sales.follow(this.now(), (since) => unitsSoldSince(ctx, since));
  }
}

interface Dirty {
  handle: string;
  seq: number;
}
