/** A rule as it is kept. */
export interface Rule {
  tenantId: string;
  id: string;
  name: string;
  /** CEL, answering a bool. */
  condition: string;
  position: number;
  target: "feature" | "canary";
  arm: string;
  overlay: Overlay | null;
  guard: Guard;
  isEnabled: boolean;
  /** When and why the guard switched it off. */
  offAt: number | null;
  offWhy: string | null;
  createdAt: number;
  changedAt: number;
}

/** What a shop is otherwise in an arm. */
export interface Overlay {
  theme?: { accent?: string; accent_dark?: string };
  payment_window_minutes?: number;
}

/** When an arm is switched off; see the contract. */
export interface Guard {
  max_error_percent: number;
  slow_ms: number;
  max_slow_percent: number;
  min_calls: number;
}

/** One rule among others of its arm: an arm is one thing, whichever rule leads to it. */
export const differingTwin = (rule: Rule, others: readonly Rule[]): Rule | undefined =>
  others.find(
    (it) =>
      it.id !== rule.id &&
      it.arm === rule.arm &&
      (it.target !== rule.target || JSON.stringify(it.overlay) !== JSON.stringify(rule.overlay)),
  );
