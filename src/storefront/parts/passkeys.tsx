import type { Passkey } from "../../capabilities/selling/accounts/contract/passkeys.ts";
import { formatDay } from "../format.ts";
import { m } from "../messages/compiled/messages.js";
import type { Visit } from "../visit.ts";

/** The way in without a password. It shows once the island knows that this browser has passkeys. */
export const PasskeyDoor = ({ visit: { say }, next }: { visit: Visit; next: string }) => (
  <form
    method="post"
    action="/account/passkey"
    class="passkey-door"
    data-passkey="/api/v1/accounts/passkey-challenges"
    hidden
  >
    <input type="hidden" name="next" value={next} />
    <Hidden names={["credential_id", "client_data", "authenticator_data", "signature", "user_handle"]} />
    <button class="button button-quiet button-wide" type="submit">
      {m.passkey_sign_in({}, say)}
    </button>
    <Failed say={say} />
  </form>
);

export const Passkeys = ({ visit, passkeys }: { visit: Visit; passkeys: readonly Passkey[] }) => (
  <section class="account-card">
    <h2>{m.passkeys({}, visit.say)}</h2>
    <p class="field-hint">{m.passkeys_hint({}, visit.say)}</p>
    {passkeys.length > 0 && (
      <ul class="sessions">
        {passkeys.map((it) => (
          <Kept visit={visit} passkey={it} />
        ))}
      </ul>
    )}
    <form
      method="post"
      action="/account/security/passkeys"
      class="passkey-add"
      data-passkey="/api/v1/accounts/me/passkeys/challenges"
      hidden
    >
      <Hidden names={["credential_id", "client_data", "attestation_object", "transports"]} />
      <p>
        <button class="button" type="submit">
          {m.passkey_add({}, visit.say)}
        </button>
      </p>
      <Failed say={visit.say} />
    </form>
  </section>
);

interface KeptProps {
  visit: Visit;
  passkey: Passkey;
}

const Kept = ({ visit, visit: { say }, passkey: { id, name, created_at, used_at } }: KeptProps) => (
  <li>
    <span class="session-words">
      <strong>{name || m.session_unnamed({}, say)}</strong>
      <span class="field-hint">
        {m.passkey_since({ day: formatDay(created_at, visit) }, say)}
        {used_at && ` · ${m.session_seen({ time: formatDay(used_at, visit) }, say)}`}
      </span>
    </span>
    <form method="post" action={`/account/security/passkeys/${id}/remove`}>
      <button class="link-button" type="submit">
        {m.remove({}, say)}
      </button>
    </form>
  </li>
);

const Hidden = ({ names }: { names: readonly string[] }) => (
  <>
    {names.map((name) => (
      <input type="hidden" name={name} value="" />
    ))}
  </>
);

const Failed = ({ say }: { say: Visit["say"] }) => (
  <p class="field-error" role="alert" data-passkey-failed hidden>
    {m.passkey_failed({}, say)}
  </p>
);
