/** A parameter of the OpenAPI document. */
interface Parameter {
  name: string;
  in: string;
  description?: string;
  schema: { description?: string };
}

/** What a parameter means wherever it has this name; a contract that means something else says so itself. */
const meanings: Record<string, string> = {
  "idempotency-key":
    "1 to 255 printable ASCII characters that name this call. Sent again with the same body it has no second effect and is answered the same; with another body it is refused.",
  limit: "The most entries of this page.",
  cursor: "`next_cursor` of the page before; left out for the first.",
  token: "The token that was answered when it was made: whoever has it may see it.",
  state: "Only those in this state.",
  status: "Only those of this status.",
  sku: "The SKU, as the catalogue writes it.",
  collection: "Only products of this collection, by its handle.",
  vendor: "Only products of this vendor.",
  price_min: "Only products that cost at least this, in minor units.",
  price_max: "Only products that cost at most this, in minor units.",
  in_stock: "`true`: only what can be bought now; `false`: only what is sold out.",
  sort: "What comes first; `relevance` unless said otherwise.",
  q: "What was typed so far.",
  from: "Not before this time.",
  until: "Before this time.",
  client: "Only this API key, by its id.",
  subject: "Only entries about this id.",
  provider: "The payment provider that tells.",
};

/** Gives every parameter that says nothing itself a description: by its name, or by the part of the path that it stands behind. */
export function describeParameters(path: string, parameters: readonly Parameter[]): void {
  for (const parameter of parameters)
    if (!parameter.schema.description) parameter.description ??= meanings[parameter.name] ?? whichOf(path, parameter);
}

/** `id` in `/flash-sales/{id}`: which of the flash sales. */
function whichOf(path: string, { name, in: place }: Parameter): string | undefined {
  const before = place === "path" ? path.split(`/{${name}}`)[0]?.split("/").pop() : undefined;
  if (!before) return undefined;
  const by = name === "id" || name.endsWith("_id") ? "its id" : `its ${name}`;
  return `Which of the ${before.replaceAll("-", " ")}, by ${by}.`;
}
