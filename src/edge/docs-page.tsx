import { capabilities } from "../capabilities/index.ts";
import type { Locale } from "../storefront/locale.ts";
import { m } from "../storefront/messages/compiled/messages.js";
import { DocumentFrame } from "./document-frame.tsx";
import { ownOperations } from "./own-operations.ts";

/**
 * The reader of the OpenAPI document (Scalar), whose requests go out with the test key that a visitor pastes here. While the reader
 * loads the page says so; without scripts it lists every operation.
 */
export const docsPage = (locale: Locale) => (
  <DocumentFrame
    title={m.docs_reference({}, { locale })}
    path="/docs"
    locale={locale}
    sheets={["docs"]}
    scripts={[{ src: "/build/scalar.js" }, { src: "/build/docs.js", isModule: true }]}
  >
    <TestKey locale={locale} />
    <main id="main" tabindex={-1}>
      <div id="reference" lang="en" />
      <p class="wrap reference-loading" role="status">
        {m.docs_loading({}, { locale })}
      </p>
      <noscript>
        <OperationList locale={locale} />
      </noscript>
    </main>
  </DocumentFrame>
);

const TestKey = ({ locale }: { locale: Locale }) => (
  <form class="try" data-try>
    <div class="wrap try-row">
      <label for="key">{m.docs_key({}, { locale })}</label>
      <input id="key" placeholder="sk_test_..." autocomplete="off" spellcheck={false} aria-describedby="key-said" />
      <button type="submit">{m.docs_key_use({}, { locale })}</button>
      <p
        id="key-said"
        data-said
        role="status"
        data-used={m.docs_key_used({}, { locale })}
        data-wrong={m.docs_key_wrong({}, { locale })}
      >
        {m.docs_key_hint({}, { locale })}
      </p>
    </div>
  </form>
);

const OperationList = ({ locale }: { locale: Locale }) => (
  <div class="wrap page reference">
    <h1>{m.docs_name({}, { locale })}</h1>
    <p class="reference-lead">
      {m.docs_no_script({}, { locale })} <a href="/api/v1/openapi.json">OpenAPI 3.1</a>
    </p>
    {[{ name: "platform", operations: ownOperations }, ...capabilities].map(
      ({ name, operations }) =>
        operations.length > 0 && (
          <section lang="en">
            <h2>{name}</h2>
            <ul>
              {operations.map(({ line }) => (
                <li>
                  <code>
                    {line.method.toUpperCase()} {line.path}
                  </code>{" "}
                  {line.summary}
                </li>
              ))}
            </ul>
          </section>
        ),
    )}
  </div>
);
