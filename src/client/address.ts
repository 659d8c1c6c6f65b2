/** How an operation is called: what of an input goes into the path, the query and the body. */
export interface Address {
  method: string;
  /** Below `/api/v1`, with its parameters: `/stock/{sku}`. */
  path: string;
  /** Names of the parameters that go into the query. */
  query: readonly string[];
  /** Whether it takes an `Idempotency-Key`. */
  takesKey: boolean;
  /** `application/json` takes all that is left of the input; any other type takes its member `raw` as it is. */
  bodyType?: string;
}

export interface Written {
  url: string;
  body?: BodyInit;
  contentType?: string;
  /** Whether the body can be sent once only. */
  isStream: boolean;
}

/** Writes an input as an address and a body. Members that are undefined are left out. */
export function writeInput(base: string, address: Address, input: Readonly<Record<string, unknown>>): Written {
  const rest = new Map(Object.entries(input).filter(([, value]) => value !== undefined));
  const take = (name: string): unknown => {
    const value = rest.get(name);
    rest.delete(name);
    return value;
  };
  const path = address.path.replaceAll(/\{(\w+)\}/g, (_, name) => encodeURIComponent(String(take(name))));
  const query = new URLSearchParams(
    address.query.filter((name) => rest.has(name)).map((name) => [name, String(take(name))]),
  );
  const url = `${base}/api/v1${path}${query.size > 0 ? `?${query}` : ""}`;
  if (address.bodyType === undefined) return { url, isStream: false };
  if (address.bodyType === "application/json")
    return { url, body: JSON.stringify(Object.fromEntries(rest)), contentType: address.bodyType, isStream: false };
  const raw = rest.get("raw");
  const contentType = address.bodyType === "*/*" ? undefined : address.bodyType;
  if (typeof raw === "string" || raw instanceof Blob) return { url, body: raw, contentType, isStream: false };
  if (raw instanceof ReadableStream) return { url, body: raw, contentType, isStream: true };
  throw new TypeError("raw must be a string, a Blob or a ReadableStream.");
}
