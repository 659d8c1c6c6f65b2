import { blockUnits, SLOTS, unitsToReturn } from "../../src/capabilities/selling/stock/rules/shards.ts";
import { poisson, seeded } from "./random.mjs";

/** All buyers together, a second. */
const RATE = 1_000_000;
/** Data centres that buyers reach; each remembers for itself. */
const EDGES = 300;
const HOP_MS = 50;
/** Calls that one object answers in a second: the documented guide for objects that write. */
const OBJECT_RATE = 500;
/** Calls that wait in one object; more are refused at once with 503. */
const WAITING_MAX = 1_000;
const REMEMBERED_MS = 1_000;
const DRY_MS = 500;
/** Part of the objects' rate that the edge lets through when it paces. */
const PACED_PART = 0.9;

/**
 * One SKU on sale in steps of a millisecond, with the block rules that the counters use. Policies of the edge: `open` sends everything
 * until it hears that all is sold, `remembering` also leaves a shard alone for a second after a 503, `paced` sends each shard
 * no more than its data centre's part.
 */
export class CrowdedSale {
  now = 0;
  asked = 0;
  reached = 0;
  refused = 0;
  parentMessages = 0;
  sold = 0;
  lastSaleMs = 0;
  waitedMs = [];
  later = new Map();

  constructor({ units, shards, policy, seed }) {
    Object.assign(this, { units, shards, policy, random: seeded(seed) });
    this.edges = Array.from({ length: EDGES }, () => ({ soldOutUntil: 0, heard: false, tokens: 0, busyUntil: [] }));
    this.counters = Array.from({ length: shards }, (_, shard) => ({
      shard,
      units: 0,
      waiting: [],
      next: 0,
      credit: 0,
      asking: false,
      dryUntil: 0,
    }));
    this.parent = { rest: units, waiting: [], credit: 0, isBusy: false, moving: 0 };
  }

  /** Runs until all is sold and every data centre has heard it, or for so long. */
  run(msMax) {
    for (; this.now < msMax && !(this.sold === this.units && this.edges.every((it) => it.heard)); this.now++) {
      for (const edge of this.edges) this.arrive(edge);
      for (const work of this.later.get(this.now) ?? []) work();
      this.later.delete(this.now);
      for (const counter of this.counters) this.serve(counter);
      this.serveParent();
    }
    return this;
  }

  after(ms, work) {
    const list = this.later.get(this.now + ms);
    if (list) list.push(work);
    else this.later.set(this.now + ms, [work]);
  }

  arrive(edge) {
    edge.tokens = Math.min(edge.tokens + (PACED_PART * this.shards * OBJECT_RATE) / EDGES / 1000, 1);
    for (let left = poisson(RATE / EDGES / 1000, this.random); left > 0; left--) {
      this.asked++;
      const counter = this.counters[Math.floor(this.random() * SLOTS) % this.shards];
      if (edge.soldOutUntil > this.now || edge.busyUntil[counter.shard] > this.now) continue;
      if (this.policy === "paced" && edge.tokens < 1) continue;
      edge.tokens -= 1;
      const since = this.now;
      this.after(HOP_MS, () => this.reach(counter, edge, since));
    }
  }

  /** A full counter refuses; one that knows that nothing is left says so however full it is. */
  reach(counter, edge, since) {
    this.reached++;
    if (counter.dryUntil > this.now) return this.tellSoldOut(edge);
    if (counter.waiting.length - counter.next < WAITING_MAX) return counter.waiting.push({ edge, since });
    this.refused++;
    if (this.policy === "remembering")
      this.after(HOP_MS, () => {
        edge.busyUntil[counter.shard] = this.now + REMEMBERED_MS;
      });
  }

  tellSoldOut(edge) {
    this.after(HOP_MS, () => {
      edge.soldOutUntil = this.now + REMEMBERED_MS;
      edge.heard = true;
    });
  }

  serve(counter) {
    counter.credit = Math.min(counter.credit + OBJECT_RATE / 1000, 1);
    if (counter.credit < 1 || counter.asking || counter.next === counter.waiting.length) return;
    if (counter.units === 0 && counter.dryUntil <= this.now) return this.askForMore(counter);
    counter.credit -= 1;
    const { edge, since } = counter.waiting[counter.next++];
    if (counter.units === 0) return this.tellSoldOut(edge);
    counter.units--;
    this.sold++;
    this.lastSaleMs = this.now;
    this.waitedMs.push(this.now + HOP_MS - since);
  }

  askForMore(counter) {
    counter.asking = true;
    const hop = this.shards === 1 ? 0 : HOP_MS;
    if (hop > 0) this.parentMessages++;
    const wanted = counter.waiting.length - counter.next;
    this.after(Math.max(1, hop), () => this.parent.waiting.push({ counter, wanted, hop }));
  }

  /** The parent answers one shard at a time and calls units in from the richest one while its rest is too small. */
  serveParent() {
    const { parent } = this;
    parent.credit = Math.min(parent.credit + OBJECT_RATE / 1000, 1);
    const [first] = parent.waiting;
    if (!first || parent.isBusy || parent.credit < 1) return;
    parent.credit -= 1;
    const { counter, wanted, hop } = first;
    const richest = this.counters.filter((it) => it !== counter).sort((a, b) => b.units - a.units)[0];
    if (parent.rest < wanted && richest?.units > 0) return this.callIn(richest);
    parent.waiting.shift();
    const block = blockUnits(parent.rest, this.shards, wanted);
    parent.rest -= block;
    const unitsElsewhere = parent.moving + parent.rest + this.counters.reduce((sum, it) => sum + it.units, 0) > 0;
    parent.moving += block;
    this.after(Math.max(1, hop), () => {
      parent.moving -= block;
      counter.units += block;
      counter.asking = false;
      // What is on its way to others or unused there may come back: only what is nowhere is sold out.
      if (block === 0 && !unitsElsewhere) counter.dryUntil = this.now + DRY_MS;
    });
  }

  callIn(richest) {
    const { parent } = this;
    parent.isBusy = true;
    this.parentMessages++;
    this.after(HOP_MS, () => {
      const returned = unitsToReturn(richest.units, true);
      richest.units -= returned;
      this.after(HOP_MS, () => {
        parent.rest += returned;
        parent.isBusy = false;
      });
    });
  }
}
