/** One wrong field of a request: `field` is the wire name with dots (`shipping_address.city`), `detail` says what is expected. */
export interface FieldError {
  field: string;
  code: string;
  detail: string;
}

/** An expected refusal: a value, never a throw. `code` is stable and documented; `detail` is safe to show to the caller. */
export interface Refused<Code extends string = string> {
  ok: false;
  code: Code;
  detail: string;
  errors?: FieldError[];
  retryAfterSeconds?: number;
  /** Further members of the problem document, for example `order_id` or `current_state`. */
  facts?: Record<string, unknown>;
}

export type Result<Value, Code extends string = never> = { ok: true; value: Value; instead?: true } | Refused<Code>;

export const ok = <Value>(value: Value): { ok: true; value: Value } => ({ ok: true, value });

/** The other good answer of a contract line, with the status that its `answer.instead` names. */
export const okInstead = <Value>(value: Value): { ok: true; value: Value; instead: true } => ({
  ok: true,
  value,
  instead: true,
});

export const refused = <Code extends string>(
  code: Code,
  detail: string,
  more: Omit<Refused<Code>, "ok" | "code" | "detail"> = {},
): Refused<Code> => ({ ok: false, code, detail, ...more });
