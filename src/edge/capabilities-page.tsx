import { capabilities } from "../capabilities/index.ts";
import { prices } from "../capabilities/money/usage/actions.ts";
import type { Capability, Plan } from "../platform/capability.ts";
import { asAmount } from "../platform/money.ts";
import { isEssential } from "./decide-switch.ts";
import { DocumentFrame } from "./document-frame.tsx";

/** `0.0005` of 500 micros. */
const decimals = (micros: number): string => asAmount(micros).replace(/\.?0+$/, "");

/** Everything that is sold, with its plans and prices; `capability_off` leads here. */
export const capabilitiesPage = () => (
  <DocumentFrame title="Capabilities and prices" path="/docs/capabilities">
    <p class="reference-lead">
      A shop has everything switched on that is listed here. A key with the scope <code>tenants:write</code> switches
      with <code>PUT /api/v1/capabilities/&lt;name&gt;</code> and <code>{'{"enabled": false}'}</code>. What a shop has
      on, and these prices as data, is in <code>GET /api/v1/capabilities</code> and <code>GET /api/v1/price-list</code>.
      Prices are in the currency of the invoice.
    </p>
    <KeyPlans />
    <UnitPrices />
    <h2>Sold by themselves</h2>
    <div class="reference-cards">
      {capabilities.map((it) => it.sells !== "internal" && <Sold capability={it} sells={it.sells} />)}
    </div>
    <h2>Part of every shop</h2>
    <ul class="reference-parts">
      {capabilities.map(
        (it) =>
          it.sells === "internal" && (
            <li id={it.name}>
              <strong>{it.name}</strong>
              <Standing capability={it} />
            </li>
          ),
      )}
    </ul>
  </DocumentFrame>
);

const KeyPlans = () => (
  <section aria-labelledby="plans">
    <h2 id="plans">Plans of API keys</h2>
    <div class="reference-table">
      <table>
        <thead>
          <tr>
            {["Plan", "A call", "A kilobyte", "Calls a month", "Rate of each operation", "Late after", "Opens"].map(
              (it) => (
                <th scope="col">{it}</th>
              ),
            )}
          </tr>
        </thead>
        <tbody>
          {prices().plans.map((it) => (
            <tr>
              <th scope="row">{it.name}</th>
              <td>{decimals(it.micros_per_call)}</td>
              <td>{decimals(it.micros_per_kilobyte)}</td>
              <td>{it.calls_per_month.toLocaleString("en")}</td>
              <td>× {it.rate_factor}</td>
              <td>{it.late_after_ms} ms</td>
              <td>up to {it.tier} calls</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  </section>
);

const UnitPrices = () => (
  <section aria-labelledby="units">
    <h2 id="units">Units beyond calls</h2>
    <div class="reference-table">
      <table>
        <thead>
          <tr>
            <th scope="col">Meter</th>
            <th scope="col">For each</th>
            <th scope="col">Price</th>
          </tr>
        </thead>
        <tbody>
          {prices().business_meters.map(({ meter, unit, micros_per_unit }) => (
            <tr>
              <th scope="row">
                <code>{meter}</code>
              </th>
              <td>{unit}</td>
              <td>{decimals(micros_per_unit)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  </section>
);

const Standing = ({ capability: { name, needs } }: { capability: Capability }) => (
  <p>
    {isEssential(capabilities, name) ? "Every shop has it; it cannot be switched off." : "Can be switched off."}
    {needs.length > 0 && ` Needs ${needs.join(", ")}.`}
  </p>
);

const Sold = ({ capability, sells }: { capability: Capability; sells: { unit: string; plans: readonly Plan[] } }) => (
  <section class="reference-card" id={capability.name} aria-labelledby={`${capability.name}-title`}>
    <h3 id={`${capability.name}-title`}>{capability.name}</h3>
    <Standing capability={capability} />
    <table>
      <caption>A {sells.unit} costs</caption>
      <tbody>
        {sells.plans.map((plan) => (
          <tr>
            <th scope="row">{plan.name}</th>
            <td>{plan.microsPerUnit === 0 ? "nothing" : decimals(plan.microsPerUnit)}</td>
            <td>
              {plan.callsPerSecond.toLocaleString("en")} a second
              {plan.callsPerMonth !== undefined && `, ${plan.callsPerMonth.toLocaleString("en")} a month`}
            </td>
            <td>{plan.availability}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </section>
);
