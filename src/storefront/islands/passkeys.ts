/** A form with `data-passkey` asks there for a challenge, lets the browser answer it, and sends the answer. */
interface Challenge {
  challenge: string;
  rp_id: string;
  timeout_ms: number;
  rp_name?: string;
  user_id?: string;
  user_name?: string;
  algorithms?: number[];
  known?: string[];
}

const bytes = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (it) => it.charCodeAt(0));
const text = (buffer: ArrayBuffer | null): string =>
  btoa(String.fromCharCode(...new Uint8Array(buffer ?? new ArrayBuffer(0))))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

for (const form of document.querySelectorAll<HTMLFormElement>("form[data-passkey]")) {
  if (!("PublicKeyCredential" in window)) break;
  form.hidden = false;
  const failed = form.querySelector<HTMLElement>("[data-passkey-failed]");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (failed) failed.hidden = true;
    try {
      fill(form, await answer(await ask(form.dataset["passkey"] ?? "")));
      form.submit();
    } catch {
      // The shopper closed the dialogue, or this device has none of theirs.
      if (failed) failed.hidden = false;
    }
  });
}

async function ask(path: string): Promise<Challenge> {
  const answered = await fetch(path, { method: "POST" });
  if (!answered.ok) throw new Error(`the shop answered ${answered.status}`);
  return answered.json();
}

/** A challenge with a user asks for a new passkey, one without for any that the shopper has here. */
async function answer(asked: Challenge): Promise<Record<string, string>> {
  const { rp_id: id, user_id, timeout_ms: timeout } = asked;
  const challenge = bytes(asked.challenge);
  if (user_id === undefined) {
    const publicKey = { challenge, rpId: id, timeout, userVerification: "required" } as const;
    return proofOf(await navigator.credentials.get({ publicKey }));
  }
  const name = asked.user_name ?? "";
  return newOf(
    await navigator.credentials.create({
      publicKey: {
        challenge,
        timeout,
        rp: { id, name: asked.rp_name ?? id },
        user: { id: bytes(user_id), name, displayName: name },
        pubKeyCredParams: (asked.algorithms ?? []).map((alg) => ({ type: "public-key", alg })),
        excludeCredentials: (asked.known ?? []).map((it) => ({ type: "public-key", id: bytes(it) })),
        authenticatorSelection: { residentKey: "required", userVerification: "required" },
        attestation: "none",
      },
    }),
  );
}

function proofOf(credential: Credential | null): Record<string, string> {
  if (!(credential instanceof PublicKeyCredential)) throw new Error("no credential");
  const { response } = credential;
  if (!(response instanceof AuthenticatorAssertionResponse)) throw new Error("no assertion");
  return {
    credential_id: text(credential.rawId),
    client_data: text(response.clientDataJSON),
    authenticator_data: text(response.authenticatorData),
    signature: text(response.signature),
    user_handle: text(response.userHandle),
  };
}

function newOf(credential: Credential | null): Record<string, string> {
  if (!(credential instanceof PublicKeyCredential)) throw new Error("no credential");
  const { response } = credential;
  if (!(response instanceof AuthenticatorAttestationResponse)) throw new Error("no attestation");
  return {
    credential_id: text(credential.rawId),
    client_data: text(response.clientDataJSON),
    attestation_object: text(response.attestationObject),
    transports: response.getTransports().join(" "),
  };
}

function fill(form: HTMLFormElement, fields: Record<string, string>): void {
  for (const [name, value] of Object.entries(fields)) {
    const input = form.querySelector<HTMLInputElement>(`input[name=${name}]`);
    if (input) input.value = value;
  }
}
