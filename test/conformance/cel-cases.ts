import { Environment } from "@marcbachmann/cel-js";
import { Duration, UnsignedInt } from "@marcbachmann/cel-js/evaluator";

/** A value as the public cases write it: JSON of `cel.expr.Value`, with 64-bit integers as text and bytes as base64. */
export interface CelValue {
  int64Value?: string;
  uint64Value?: string;
  doubleValue?: number | string;
  stringValue?: string;
  bytesValue?: string;
  boolValue?: boolean;
  nullValue?: null;
  listValue?: { values?: CelValue[] };
  mapValue?: { entries?: { key: CelValue; value: CelValue }[] };
  objectValue?: { "@type": string; value?: unknown };
  typeValue?: string;
  enumValue?: unknown;
}

/** One case of the test data of google/cel-spec. */
export interface CelCase {
  name?: string;
  expr: string;
  container?: string;
  disableCheck?: boolean;
  checkOnly?: boolean;
  bindings?: Record<string, { value?: CelValue }>;
  value?: CelValue;
  typedResult?: { result?: CelValue };
  evalError?: unknown;
}

/** Cases of protocol buffers, which Souk does not speak. */
export const speaksProtobuf = ({ expr, container, value, typedResult, bindings }: CelCase): boolean =>
  container !== undefined ||
  /TestAllTypes|google\.protobuf\.(?!Timestamp|Duration)|GlobalEnum/.test(expr) ||
  JSON.stringify([value, typedResult, bindings]).includes('"@type":"type.googleapis.com/cel.expr') ||
  value?.enumValue !== undefined;

export const isRunnable = (it: CelCase): boolean =>
  it.checkOnly !== true && (it.value ?? it.typedResult?.result ?? it.evalError) !== undefined;

const environment = new Environment({ unlistedVariablesAreDyn: true, homogeneousAggregateLiterals: false });

/** Whether the library answers what the case says. Numbers of JavaScript and bigints are told apart, as CEL's are. */
export function passes(it: CelCase): boolean {
  let answer: unknown;
  try {
    const facts = Object.entries(it.bindings ?? {}).map(([name, { value }]) => [name, read(value ?? {})]);
    answer = environment.evaluate(it.expr, Object.fromEntries(facts));
  } catch {
    return it.evalError !== undefined;
  }
  const wanted = it.value ?? it.typedResult?.result;
  return wanted !== undefined && canonical(answer) === canonical(read(wanted));
}

function read(value: CelValue): unknown {
  if (value.int64Value !== undefined) return BigInt(value.int64Value);
  if (value.uint64Value !== undefined) return new UnsignedInt(BigInt(value.uint64Value));
  if (value.doubleValue !== undefined) return Number(value.doubleValue);
  if (value.bytesValue !== undefined) return Uint8Array.from(atob(value.bytesValue), (it) => it.charCodeAt(0));
  if (value.listValue) return (value.listValue.values ?? []).map(read);
  if (value.mapValue) return new Map((value.mapValue.entries ?? []).map(({ key, value: of }) => [read(key), read(of)]));
  if (value.typeValue !== undefined) return { type: value.typeValue };
  if (value.objectValue) return readObject(value.objectValue);
  return value.stringValue ?? value.boolValue ?? null;
}

function readObject({ "@type": type, value }: { "@type": string; value?: unknown }): unknown {
  if (type.endsWith(".Timestamp")) return new Date(String(value));
  if (type.endsWith(".Duration")) {
    const [, seconds = "0", , fraction = ""] = /^(-?\d+)(\.(\d+))?s$/.exec(String(value)) ?? [];
    return new Duration(BigInt(seconds), Number(fraction.padEnd(9, "0")));
  }
  return value;
}

/** One text for each value, the same for equal values only. */
function canonical(value: unknown): string {
  if (value instanceof UnsignedInt) return `uint ${value.value}`;
  if (value instanceof Duration) return `duration ${value.seconds} ${value.nanos}`;
  if (value instanceof Date) return `time ${value.getTime()}`;
  if (value instanceof Uint8Array) return `bytes ${value.join()}`;
  if (Array.isArray(value)) return `[${value.map(canonical)}]`;
  if (value instanceof Set) return canonical([...value]);
  if (value instanceof Map) return `{${[...value].map(([key, of]) => `${canonical(key)}:${canonical(of)}`).sort()}}`;
  if (typeof value !== "object" || value === null)
    return `${typeof value} ${Object.is(value, -0) ? "-0" : String(value)}`;
  if ("type" in value && typeof value.type === "string") return `type ${value.type}`;
  if (value.constructor.name === "Type" && "name" in value) return `type ${value.name}`;
  return canonical(new Map(Object.entries(value)));
}
