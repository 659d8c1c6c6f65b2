import {
  addAddress,
  changeAddress,
  listAddresses,
  readOwnAddress,
  removeAddress,
} from "../../../capabilities/selling/accounts/actions/addresses.ts";
import { ADDRESSES_MAX, addAddress as line, type OwnAddress } from "../../../capabilities/selling/accounts/contract.ts";
import { m } from "../../messages/compiled/messages.js";
import { AccountFrame } from "../../parts/account-frame.tsx";
import { CheckoutFields, ErrorSummary } from "../../parts/checkout-fields.tsx";
import { PostalAddress } from "../../parts/postal-address.tsx";
import { ProblemNotice } from "../../parts/problem-notice.tsx";
import { contactAsForm, type FieldErrors, readContact, wrongFields } from "../../read-address-form.ts";
import { type Form, readForm } from "../../read-form.ts";
import { show } from "../../show.tsx";
import type { Page, Visit } from "../../visit.ts";
import { enterAccount } from "./enter.ts";

/** The form below the book: for a new address, or for the one that is named. */
interface Editing {
  form: Form;
  id?: string | undefined;
  errors?: FieldErrors;
}

/** `GET /account/addresses?edit=` */
export async function addressesPage(c: Page): Promise<Response> {
  const { visit } = c.var;
  const id = c.req.query("edit");
  const edited = id === undefined ? undefined : await readOwnAddress(visit.ctx, id);
  const address = edited?.ok ? edited.value.address : undefined;
  return showAddresses(c, { form: contactAsForm({ address }, visit.locale), id: address && id }, 200);
}

/** `POST /account/addresses`: a new address, or the new words of the one that `id` names. */
export async function keepAddressFromForm(c: Page): Promise<Response> {
  const { visit } = c.var;
  const form = await readForm(c);
  const id = form.get("id") || undefined;
  const wish = { address: readContact(form).shipping_address, is_default: form.get("is_default") === "on" };
  const parsed = line.body?.safeParse(wish);
  const errors = wrongFields(form, parsed?.error?.issues ?? [], visit);
  if (!parsed?.success || Object.keys(errors).length > 0) return showAddresses(c, { form, id, errors }, 422);
  const kept = id ? await changeAddress(visit.ctx, { id, ...parsed.data }) : await addAddress(visit.ctx, parsed.data);
  return backToBook(c, kept);
}

/** `POST /account/addresses/:address/default` */
export async function preferAddressFromForm(c: Page): Promise<Response> {
  const { ctx } = c.var.visit;
  const id = c.req.param("address") ?? "";
  const known = await readOwnAddress(ctx, id);
  return backToBook(c, known.ok ? await changeAddress(ctx, { ...known.value, is_default: true }) : known);
}

/** `POST /account/addresses/:address/remove` */
export const removeAddressFromForm = async (c: Page): Promise<Response> =>
  backToBook(c, await removeAddress(c.var.visit.ctx, { id: c.req.param("address") ?? "" }));

/** Who is not signed in any more is led to the door by the page itself. */
const backToBook = (c: Page, done: { ok: true } | { ok: false; code: string }): Response =>
  c.redirect(done.ok ? "/account/addresses" : `/account/addresses?problem=${done.code}`, 303);

async function showAddresses(c: Page, editing: Editing, status: 200 | 422): Promise<Response> {
  const me = await enterAccount(c);
  if (me instanceof Response) return me;
  const { visit } = c.var;
  const listed = await listAddresses(visit.ctx, { limit: ADDRESSES_MAX });
  const addresses = listed.ok ? listed.value.data : [];
  return show(
    c,
    { title: m.account_addresses({}, visit.say), isPrivate: true, sheets: ["account"], islands: ["checkout"] },
    <AccountFrame visit={visit} title={m.account_addresses({}, visit.say)}>
      <ProblemNotice visit={visit} />
      {addresses.length > 0 && <Book visit={visit} addresses={addresses} />}
      {addresses.length === 0 && <p>{m.address_none({}, visit.say)}</p>}
      <AddressForm visit={visit} editing={editing} isFirst={addresses.length === 0} />
    </AccountFrame>,
    status,
  );
}

const Book = ({ visit, addresses }: { visit: Visit; addresses: readonly OwnAddress[] }) => (
  <ul class="address-book">
    {addresses.map(({ id, address, is_default }) => (
      <li class="account-card">
        {is_default && <span class="state-tag">{m.address_default({}, visit.say)}</span>}
        <PostalAddress visit={visit} address={address} />
        <div class="address-ways">
          <a href={`/account/addresses?edit=${id}#address-form`}>{m.address_change({}, visit.say)}</a>
          {!is_default && <Way path={`/account/addresses/${id}/default`} words={m.address_prefer({}, visit.say)} />}
          <Way path={`/account/addresses/${id}/remove`} words={m.remove({}, visit.say)} />
        </div>
      </li>
    ))}
  </ul>
);

const Way = ({ path, words }: { path: string; words: string }) => (
  <form method="post" action={path}>
    <button class="link-button" type="submit">
      {words}
    </button>
  </form>
);

function AddressForm({ visit, editing, isFirst }: { visit: Visit; editing: Editing; isFirst: boolean }) {
  const { form, id, errors } = editing;
  const { say } = visit;
  return (
    <section class="account-form" id="address-form">
      <h2>{id ? m.address_change({}, say) : m.address_add({}, say)}</h2>
      {errors && <ErrorSummary visit={visit} errors={errors} />}
      <form method="post" action="/account/addresses" class="checkout-form" novalidate data-checkout>
        {id && <input type="hidden" name="id" value={id} />}
        <CheckoutFields visit={visit} form={form} errors={errors ?? {}} email={null} />
        {!isFirst && (
          <label class="tick">
            <input type="checkbox" name="is_default" checked={form.get("is_default") === "on"} />
            <span>{m.address_make_default({}, say)}</span>
          </label>
        )}
        <div class="account-press">
          <button class="button" type="submit">
            {m.address_keep({}, say)}
          </button>
          {id && <a href="/account/addresses">{m.leave_as_is({}, say)}</a>}
        </div>
      </form>
    </section>
  );
}
