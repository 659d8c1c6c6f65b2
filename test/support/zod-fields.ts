import type { z } from "@hono/zod-openapi";

/** One place in a body: its path, what kind of value stands there, and between which numbers. */
export interface Field {
  path: (string | number)[];
  kind: string;
  isNullable: boolean;
  /** The key may be left out. */
  isOptional: boolean;
  minimum: number;
  maximum: number;
}

interface Def {
  type: string;
  innerType?: z.core.$ZodType;
  in?: z.core.$ZodType;
  element?: z.core.$ZodType;
  valueType?: z.core.$ZodType;
  shape?: Record<string, z.core.$ZodType>;
  options?: readonly z.core.$ZodType[];
  discriminator?: string;
  values?: readonly unknown[];
}

/**
 * Every field that a body shape names, parents before children; of lists and records their first member in
 * `sample`, of a list whose members differ by kind all. */
export function fieldsOf(shape: z.core.$ZodType, sample: unknown, path: Field["path"] = []): Field[] {
  const { def, isNullable, isOptional, bag } = unwrapped(optionFor(shape, sample));
  const { minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY } = bag;
  const own: Field = { path, kind: def.type, isNullable, isOptional, minimum, maximum };
  const isRecord = def.type === "record";
  return [
    own,
    ...childrenOf(def, sample).flatMap(([key, child]) => {
      const [entry, ...below] = fieldsOf(child, at(sample, key), [...path, key]);
      return entry ? [{ ...entry, isOptional: entry.isOptional || isRecord }, ...below] : [];
    }),
  ];
}

function childrenOf({ type, shape, element, valueType }: Def, sample: unknown): [string | number, z.core.$ZodType][] {
  if (type === "object") return Object.entries(shape ?? {});
  if (type === "array" && element && Array.isArray(sample) && sample.length > 0) {
    const differ = unwrapped(element).def.discriminator !== undefined;
    return (differ ? sample : [0]).map((_, i) => [i, element]);
  }
  const [key] = type === "record" && typeof sample === "object" && sample !== null ? Object.keys(sample) : [];
  return key !== undefined && valueType ? [[key, valueType]] : [];
}

/** Of a union whose members name their kind, the one that the sample is. */
function optionFor(shape: z.core.$ZodType, sample: unknown): z.core.$ZodType {
  const { options = [], discriminator } = unwrapped(shape).def;
  if (discriminator === undefined) return shape;
  const kinds = (it: z.core.$ZodType) => unwrapped(unwrapped(it).def.shape?.[discriminator] ?? it).def.values ?? [];
  return options.find((it) => kinds(it).includes(at(sample, discriminator))) ?? shape;
}

function unwrapped(shape: z.core.$ZodType) {
  let def = shape._zod.def as Def;
  let bag = shape._zod.bag as { minimum?: number; maximum?: number };
  let isNullable = false;
  let isOptional = false;
  for (let inner = def.innerType ?? def.in; inner; inner = def.innerType ?? def.in) {
    isNullable ||= def.type === "nullable";
    isOptional ||= def.type === "optional" || def.type === "default";
    def = inner._zod.def as Def;
    bag = inner._zod.bag;
  }
  return { def, bag, isNullable, isOptional };
}

const at = (value: unknown, key: string | number): unknown =>
  typeof value === "object" && value !== null ? (value as Record<string | number, unknown>)[key] : undefined;

export const valueAt = (value: unknown, path: Field["path"]): unknown => path.reduce<unknown>(at, value);

/** A copy of `value` with `put` at `path`; `undefined` takes the key away. */
export function withAt(value: unknown, path: Field["path"], put: unknown): unknown {
  const [key, ...deeper] = path;
  if (key === undefined) return put;
  if (Array.isArray(value)) return value.map((it, i) => (i === key ? withAt(it, deeper, put) : it));
  return { ...(value as object), [key]: withAt(at(value, key), deeper, put) };
}
