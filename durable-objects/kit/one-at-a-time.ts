/** Runs asynchronous work of one object one piece after the other, in order of arrival; a failed piece fails alone. */
export class OneAtATime {
  private last: Promise<unknown> = Promise.resolve();

  run<Answer>(work: () => Promise<Answer>): Promise<Answer> {
    const mine = this.last.then(work, work);
    this.last = mine.catch(() => undefined);
    return mine;
  }
}
