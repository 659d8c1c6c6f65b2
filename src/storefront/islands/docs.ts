/** The docs page: opens the reader of the OpenAPI document, signed in with the visitor's test key, which stays in this tab. */
declare const Scalar: { createApiReference(selector: string, settings: object): unknown };

const KEPT = "souk-test-key";
const TEST_KEY = /^sk_test_[a-z0-9_]{20,80}$/;

const form = document.querySelector<HTMLFormElement>("[data-try]");
const said = document.querySelector<HTMLElement>("[data-said]");
const input = form?.querySelector<HTMLInputElement>("input");

// A link may bring a key behind its #, which no server gets to see.
const brought = /^#key=(\w+)$/.exec(location.hash)?.[1];
if (brought !== undefined) {
  history.replaceState(null, "", location.pathname);
  if (TEST_KEY.test(brought)) sessionStorage.setItem(KEPT, brought);
}

const key = sessionStorage.getItem(KEPT);
if (key && input) input.value = key;
if (key && said) said.textContent = said.dataset["used"] ?? "";

form?.addEventListener("submit", (event) => {
  event.preventDefault();
  const given = input?.value.trim() ?? "";
  if (given !== "" && !TEST_KEY.test(given)) {
    if (said) said.textContent = said.dataset["wrong"] ?? "";
    input?.focus();
    return;
  }
  if (given === "") sessionStorage.removeItem(KEPT);
  else sessionStorage.setItem(KEPT, given);
  location.reload();
});

Scalar.createApiReference("#reference", {
  url: "/api/v1/openapi.json",
  withDefaultFonts: false,
  hideClientButton: true,
  hideDarkModeToggle: true,
  telemetry: false,
  showDeveloperTools: "never",
  // Tried with the test key alone: a member's session, which the browser would send along, is not the docs' to use.
  customFetch: (input: RequestInfo | URL, init?: RequestInit) => fetch(input, { ...init, credentials: "omit" }),
  agent: { disabled: true },
  mcp: { disabled: true },
  defaultHttpClient: { targetKey: "shell", clientKey: "curl" },
  authentication: {
    preferredSecurityScheme: "apiKey",
    ...(key && { securitySchemes: { apiKey: { token: key } } }),
  },
});

export {};
