import { PICTURE_TYPES } from "../../capabilities/selling/media/contract/types.ts";
import { m } from "../messages/compiled/messages.js";
import { DropZone, RowTemplate } from "../parts/studio-rows.tsx";
import { memberOf } from "../studio/door.ts";
import { showStudio } from "../studio/frame.tsx";
import { studioWords } from "../studio-words.ts";
import type { Page, Visit } from "../visit.ts";

/**
 * `GET /studio/pictures?product=`: where staff upload pictures. The page holds nothing that is secret: what it shows and does comes
 * from the API, for who has signed in by their cookie, else with a staff key, which stays in the tab (sessionStorage).
 */
export function studioPicturesPage(c: Page): Promise<Response> {
  const { visit } = c.var;
  const product = c.req.query("product")?.slice(0, 255);
  const isMember = memberOf(c) !== undefined;
  const title = m.studio_title({}, visit.say);
  const head = { islands: ["studio-pictures"], sheets: ["studio"] };
  const content = (
    <div
      class="wrap page studio"
      data-studio
      data-signed-in={isMember || undefined}
      data-words={JSON.stringify(studioWords(visit.say))}
    >
      <p class="eyebrow">{m.studio_eyebrow({}, visit.say)}</p>
      <h1>{m.studio_title({}, visit.say)}</h1>
      <noscript>
        <p class="notice notice-few">{m.studio_needs_scripts({}, visit.say)}</p>
      </noscript>
      <SignIn visit={visit} isMember={isMember} />
      <Desk visit={visit} product={product} isMember={isMember} />
      <RowTemplate visit={visit} />
      <p class="unseen" role="status" data-live />
    </div>
  );
  return showStudio(c, title, content, 200, head);
}

/** Stands from the start for who has not signed in; its button waits for the script. */
const SignIn = ({ visit: { say }, isMember }: { visit: Visit; isMember: boolean }) => (
  <form class="studio-door" data-door hidden={isMember || undefined}>
    <h2>{m.studio_door({}, say)}</h2>
    <p>{m.studio_door_text({}, say)}</p>
    <p>
      <a class="button button-quiet" href="/studio/sign-in?to=/studio/pictures">
        {m.studio_sign_in({}, say)}
      </a>
    </p>
    <div class="field">
      <label for="staff-key">{m.studio_key({}, say)}</label>
      <input
        id="staff-key"
        type="password"
        autocomplete="off"
        spellcheck={false}
        maxlength={200}
        required
        aria-describedby="staff-key-hint staff-key-error"
      />
      <p class="field-hint" id="staff-key-hint">
        {m.studio_key_hint({}, say)}
      </p>
      <p class="field-error" id="staff-key-error" role="alert" data-door-error />
    </div>
    <button class="button" type="submit" data-enter disabled>
      {m.studio_enter({}, say)}
    </button>
  </form>
);

function Desk({ visit, product, isMember }: { visit: Visit; product: string | undefined; isMember: boolean }) {
  const { say } = visit;
  return (
    <div class="studio-desk" data-desk hidden={!isMember || undefined}>
      <section class="studio-work" aria-labelledby="studio-new">
        <h2 id="studio-new" class="unseen">
          {m.studio_new({}, say)}
        </h2>
        <DropZone visit={visit} types={PICTURE_TYPES} />
        <ul class="shots" data-rows aria-label={m.studio_chosen({}, say)} />
        <div class="studio-send" data-send hidden>
          <button class="button" type="button" data-start />
          <button class="link-button" type="button" data-clear>
            {m.studio_clear({}, say)}
          </button>
        </div>
      </section>
      <aside class="studio-side">
        <section class="studio-card">
          <h2>{m.studio_product({}, say)}</h2>
          <div class="field">
            <label for="product">{m.studio_product_label({}, say)}</label>
            <input id="product" list="products" autocomplete="off" value={product} aria-describedby="product-hint" />
            <datalist id="products" />
            <p class="field-hint" id="product-hint">
              {m.studio_product_hint({}, say)}
            </p>
            <p class="field-error" role="alert" data-product-error />
          </div>
          <ol class="studio-shown" data-shown aria-label={m.studio_product_pictures({}, say)} />
        </section>
        <section class="studio-card">
          <h2>{m.studio_latest({}, say)}</h2>
          <ul class="studio-latest" data-latest aria-busy="true" />
          <p class="studio-none" data-waits>
            {m.studio_loading({}, say)}
          </p>
          <p class="studio-none" data-none hidden>
            {m.studio_none({}, say)}
          </p>
        </section>
        <button class="link-button" type="button" data-leave hidden={isMember || undefined}>
          {m.studio_leave({}, say)}
        </button>
      </aside>
    </div>
  );
}
