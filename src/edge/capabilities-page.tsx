import { capabilities } from "../capabilities/index.ts";
import type { Plan } from "../platform/capability.ts";
import { isEssential } from "./decide-switch.ts";

const MICROS = 1_000_000;

/** Everything that is sold, with its plans and prices; `capability_off` leads here. */
export function capabilitiesPage() {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Capabilities and prices</title>
        <link rel="stylesheet" href="/build/shop.css" />
      </head>
      <body>
        <main class="wrap page">
          <div class="prose">
            <h1>Capabilities and prices</h1>
            <p>
              A shop has everything switched on that is listed here. A key with the scope <code>tenants:write</code>{" "}
              switches with <code>PUT /api/v1/capabilities/&lt;name&gt;</code> and <code>{'{"enabled": false}'}</code>.
              What a shop has on, and these prices as data, is in <code>GET /api/v1/capabilities</code>. Prices are in
              the currency of the invoice.
            </p>
            {capabilities.map(({ name, sells, needs }) => (
              <section class="prose" id={name} aria-labelledby={`${name}-title`}>
                <h2 id={`${name}-title`}>{name}</h2>
                <p>
                  {isEssential(capabilities, name)
                    ? "Every shop has it; it cannot be switched off."
                    : "Can be switched off."}
                  {needs.length > 0 && ` Needs ${needs.join(", ")}.`}
                </p>
                {sells === "internal" ? <p>Not sold by itself.</p> : <PlanList unit={sells.unit} plans={sells.plans} />}
              </section>
            ))}
          </div>
        </main>
      </body>
    </html>
  );
}

const PlanList = ({ unit, plans }: { unit: string; plans: readonly Plan[] }) => (
  <ul>
    {plans.map((plan) => (
      <li>
        <strong>{plan.name}</strong>: {plan.microsPerUnit / MICROS} for each {unit}, up to{" "}
        {plan.callsPerSecond.toLocaleString("en")} a second
        {plan.callsPerMonth !== undefined && ` and ${plan.callsPerMonth.toLocaleString("en")} a month`}, availability{" "}
        {plan.availability}
      </li>
    ))}
  </ul>
);
