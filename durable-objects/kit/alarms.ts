/**
 * One object has one alarm; this keeps it at the earliest of what the object waits for. Alarms survive a crash, so whatever
 * must happen later (an expiry, a flush, a retry) is armed here in the turn that decides it.
 */
export class Alarms {
  private armedFor = Number.POSITIVE_INFINITY;

  constructor(private readonly state: DurableObjectState) {}

  /** Makes sure that `alarm()` runs at `at` (milliseconds since 1970) or earlier. */
  armBy(at: number): void {
    if (at >= this.armedFor) return;
    this.armedFor = at;
    void this.state.storage.setAlarm(at);
  }

  /** Call first in `alarm()`: the alarm that fired is spent. */
  spent(): void {
    this.armedFor = Number.POSITIVE_INFINITY;
  }
}
