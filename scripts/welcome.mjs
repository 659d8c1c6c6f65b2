/** Says where everything is and what to try next. A staff key is printed once. */
export function welcome({ origin, keysFile, opened, testKey, stockWatch }) {
  const acme = origin.replace("localhost", "acme.localhost");
  const newKeys = opened.filter((it) => it.isNew).map(({ id, key }) => `  Staff key, ${id.padEnd(5)} ${key}`);
  const filled = opened.filter((it) => it.products > 0).map((it) => `${it.products} products in ${it.id}`);
  const secure = origin.startsWith("https") ? "-k " : "";
  const elsewhere = origin === "http://localhost:8787" ? "" : ` --url ${origin}`;
  box([
    "Souk is running",
    "",
    `  Shop             ${origin}`,
    `  A second shop    ${acme}`,
    `  Studio           ${origin}/studio`,
    `  API docs         ${origin}/docs#key=${testKey}`,
    ...opened.flatMap((it) => it.sales).map((sale) => `  ${saleWords(sale)} ${origin}/sales/${sale.id}`),
    ...(newKeys.length > 0
      ? ["", ...newKeys, `  Shown once; kept in ${keysFile}.`]
      : [`  Staff keys       in ${keysFile}`]),
    ...(filled.length > 0 ? ["", `  Filled: ${filled.join(", ")}.`] : []),
    "",
    "  Try next",
    `    curl ${secure}'${origin}/api/v1/products?limit=3'`,
    `    npm run rush${elsewhere && ` --${elsewhere}`}      (buyers come to the sale while you watch its page)`,
    `    npm run import -- products.csv${elsewhere}      (a Shopify product export)`,
    "",
    "  Ctrl-C stops everything.",
  ]);
  // Below the box: links are longer than a line, and whoever has one can open the page.
  for (const { id, owner } of opened)
    if (owner) console.log(`First owner of ${id}, opens once within 72 hours (then sign in at /studio):\n${owner}\n`);
  console.log(`Stock watch, for staff:\n${stockWatch}\n`);
}

/** As wide as the names above it. */
function saleWords({ state, starts_at, server_time }) {
  if (state !== "before") return (state === "live" ? "Sale, on now" : "Sale, sold out").padEnd(16);
  const minutes = Math.ceil((Date.parse(starts_at) - Date.parse(server_time)) / 60_000);
  return `Sale in ${minutes} min`.padEnd(16);
}

function box(lines) {
  const width = Math.max(...lines.map((line) => line.length)) + 2;
  const row = (line) => `│ ${line.padEnd(width - 2)} │`;
  console.log(["", `┌${"─".repeat(width)}┐`, ...lines.map(row), `└${"─".repeat(width)}┘`, ""].join("\n"));
}
