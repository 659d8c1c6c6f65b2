import type { Busy } from "../../src/platform/objects.ts";

/** Commands that may wait for one object's next turn, about 0.1 s of its work; beyond that new work is turned away. */
export const WAITING_COMMANDS_MAX = 1_000;

/** A value, since an error that leaves an object is logged with its stack: too dear for what happens when there is too much to do. */
const BUSY: Promise<Busy> = Promise.resolve({ outcome: "busy" });

interface Waiting<Command, Answer> {
  command: Command;
  resolve: (answer: Answer) => void;
  reject: (error: unknown) => void;
}

/**
 * Decides all commands that reach an object in one event-loop turn together, in order of arrival, and writes them in one
 * transaction. The output gate holds every answer until that write is durable, so an answer never runs ahead of storage.
 * If deciding or writing throws, memory may be ahead of storage: the object aborts and the next call loads it anew.
 */
export class GroupCommit<Command, Answer> {
  private waiting: Waiting<Command, Answer>[] = [];

  constructor(
    private readonly state: DurableObjectState,
    /** Changes memory and storage for all commands, without awaiting anything; answers in the same order. */
    private readonly decide: (commands: readonly Command[]) => Answer[],
  ) {}

  /** For work that begins something: turned away whole while too many commands wait. */
  admit(command: Command): Promise<Answer | Busy> {
    return this.waiting.length < WAITING_COMMANDS_MAX ? this.submit(command) : BUSY;
  }

  /** For what finishes or undoes what was begun: never turned away. */
  submit(command: Command): Promise<Answer> {
    return new Promise((resolve, reject) => {
      if (this.waiting.push({ command, resolve, reject }) === 1) setTimeout(() => this.commit(), 0);
    });
  }

  /** Other work in a transaction of its own, between two turns and by the same rule. It must not await anything. */
  alone<Value>(work: () => Value): Value {
    try {
      return this.state.storage.transactionSync(work);
    } catch (error) {
      this.state.abort(`commit failed: ${error instanceof Error ? error.message : error}`);
      throw error;
    }
  }

  private commit(): void {
    const turn = this.waiting;
    this.waiting = [];
    try {
      const answers = this.state.storage.transactionSync(() => this.decide(turn.map((it) => it.command)));
      for (const [i, it] of turn.entries()) it.resolve(answers[i] as Answer);
    } catch (error) {
      for (const it of turn) it.reject(error);
      this.state.abort(`group commit failed: ${error instanceof Error ? error.message : error}`);
    }
  }
}
