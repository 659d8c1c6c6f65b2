import { capabilities } from "../capabilities/index.ts";
import { prices } from "../capabilities/money/usage/actions.ts";
import type { Capability, Plan } from "../platform/capability.ts";
import { asAmount } from "../platform/money.ts";
import { formatCount } from "../storefront/format.ts";
import type { Locale } from "../storefront/locale.ts";
import { m } from "../storefront/messages/compiled/messages.js";
import { whatItDoes } from "./capability-words.ts";
import { isEssential } from "./decide-switch.ts";
import { DocumentPage } from "./document-frame.tsx";

/** `0.0005` of 500 micros. */
const decimals = (micros: number): string => asAmount(micros).replace(/\.?0+$/, "");

interface Read {
  locale: Locale;
}

/** What stands between sentences, and between words of a list. */
const marks = { en: { stop: ". ", comma: ", " }, "zh-CN": { stop: "。", comma: "、" } } as const satisfies Record<
  Locale,
  object
>;

/** Everything that is sold, with its plans and prices; `capability_off` leads here. */
export const capabilitiesPage = (locale: Locale) => (
  <DocumentPage title={m.docs_capabilities({}, { locale })} path="/docs/capabilities" locale={locale}>
    <p class="reference-lead">
      {m.docs_capabilities_lead({}, { locale })} <code>PUT /api/v1/capabilities/&lt;name&gt;</code>{" "}
      <code>{'{"enabled": false}'}</code>
      {marks[locale].stop}
      {m.docs_capabilities_data({}, { locale })} <code>GET /api/v1/capabilities</code>
      {marks[locale].comma}
      <code>GET /api/v1/price-list</code>
      {marks[locale].stop}
      {m.docs_capabilities_currency({}, { locale })}
    </p>
    <KeyPlans locale={locale} />
    <UnitPrices locale={locale} />
    <h2>{m.docs_sold({}, { locale })}</h2>
    <div class="reference-cards">
      {capabilities.map((it) => it.sells !== "internal" && <Sold capability={it} sells={it.sells} locale={locale} />)}
    </div>
    <h2>{m.docs_included({}, { locale })}</h2>
    <ul class="reference-parts">
      {capabilities.map(
        (it) =>
          it.sells === "internal" && (
            <li id={it.name}>
              <strong>{it.name}</strong>
              <p>{whatItDoes(it.name, locale)}</p>
              <Standing capability={it} locale={locale} />
            </li>
          ),
      )}
    </ul>
  </DocumentPage>
);

const KeyPlans = ({ locale }: Read) => (
  <section aria-labelledby="plans">
    <h2 id="plans">{m.docs_plans({}, { locale })}</h2>
    <div class="reference-table">
      <table>
        <thead>
          <tr>
            <th scope="col">{m.docs_plan({}, { locale })}</th>
            <th scope="col">{m.docs_a_call({}, { locale })}</th>
            <th scope="col">{m.docs_a_kilobyte({}, { locale })}</th>
            <th scope="col">{m.docs_calls_a_month({}, { locale })}</th>
            <th scope="col">{m.docs_rate({}, { locale })}</th>
            <th scope="col">{m.docs_late_after({}, { locale })}</th>
            <th scope="col">{m.docs_opens({}, { locale })}</th>
          </tr>
        </thead>
        <tbody>
          {prices().plans.map((it) => (
            <tr>
              <th scope="row">{it.name}</th>
              <td>{decimals(it.micros_per_call)}</td>
              <td>{decimals(it.micros_per_kilobyte)}</td>
              <td>{formatCount(it.calls_per_month, locale)}</td>
              <td>× {it.rate_factor}</td>
              <td>{it.late_after_ms} ms</td>
              <td>{m.docs_up_to({ tier: it.tier }, { locale })}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  </section>
);

const UnitPrices = ({ locale }: Read) => (
  <section aria-labelledby="units">
    <h2 id="units">{m.docs_units({}, { locale })}</h2>
    <div class="reference-table">
      <table>
        <thead>
          <tr>
            <th scope="col">{m.docs_meter({}, { locale })}</th>
            <th scope="col">{m.docs_for_each({}, { locale })}</th>
            <th scope="col">{m.docs_price({}, { locale })}</th>
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

const Standing = ({ capability: { name, needs }, locale }: { capability: Capability } & Read) => (
  <p class="reference-standing">
    {isEssential(capabilities, name) ? m.docs_fixed({}, { locale }) : m.docs_switchable({}, { locale })}
    {needs.length > 0 && ` ${m.docs_needs({ names: needs.join(", ") }, { locale })}`}
  </p>
);

interface SoldProps extends Read {
  capability: Capability;
  sells: { unit: string; plans: readonly Plan[] };
}

const Sold = ({ capability, sells, locale }: SoldProps) => (
  <section class="reference-card" id={capability.name} aria-labelledby={`${capability.name}-title`}>
    <h3 id={`${capability.name}-title`}>{capability.name}</h3>
    <p>{whatItDoes(capability.name, locale)}</p>
    <div class="reference-table">
      <table>
        <caption>{m.docs_unit_price({ unit: sells.unit }, { locale })}</caption>
        <tbody>
          {sells.plans.map((plan) => (
            <tr>
              <th scope="row">{plan.name}</th>
              <td>{plan.microsPerUnit === 0 ? m.docs_free({}, { locale }) : decimals(plan.microsPerUnit)}</td>
              <td>
                {m.docs_a_second({ count: formatCount(plan.callsPerSecond, locale) }, { locale })}
                {plan.callsPerMonth !== undefined && <PerMonth count={plan.callsPerMonth} locale={locale} />}
              </td>
              <td>{plan.availability}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
    <Standing capability={capability} locale={locale} />
  </section>
);

const PerMonth = ({ count, locale }: { count: number } & Read) => (
  <span class="reference-aside">{m.docs_a_month({ count: formatCount(count, locale) }, { locale })}</span>
);
