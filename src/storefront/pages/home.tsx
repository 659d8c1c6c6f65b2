import { raw } from "hono/html";
import { listProducts } from "../../capabilities/selling/catalog/actions.ts";
import type { Collection, ProductSummary } from "../../capabilities/selling/catalog/contract/shapes.ts";
import { plainText } from "../format.ts";
import { m } from "../messages/compiled/messages.js";
import { Picture } from "../parts/picture.tsx";
import { ProductGrid } from "../parts/product-card.tsx";
import { SaleStrips } from "../parts/sale-strip.tsx";
import { readSalesNearby, type Sale } from "../read-sale.ts";
import type { Shell } from "../read-shell.ts";
import { sanitiseHtml } from "../sanitise.ts";
import { show } from "../show.tsx";
import type { Page, Visit } from "../visit.ts";

const NEWEST = 8;
const SALES = 3;

/** `GET /` */
export async function homePage(c: Page): Promise<Response> {
  const { visit } = c.var;
  const [listed, shell, sales] = await Promise.all([
    listProducts(visit.ctx, { limit: NEWEST }),
    visit.shell(),
    readSalesNearby(visit),
  ]);
  const story = await sanitiseHtml(shell.front?.description_html ?? "");
  const lead = plainText(story, 160) || m.home_description({ shop: visit.ctx.tenant.name }, visit.say);
  const head = { title: visit.ctx.tenant.name, description: lead, canonical: "/", image: shell.front?.image?.src };
  const newest = listed.ok ? listed.value.data : [];
  const shown = sales.slice(0, SALES);
  return show(c, head, <Home visit={visit} shell={shell} newest={newest} sales={shown} story={story} />);
}

interface HomeProps {
  visit: Visit;
  shell: Shell;
  newest: readonly ProductSummary[];
  sales: readonly Sale[];
  /** Safe HTML. */
  story: string;
}

function Home({ visit, shell, newest, sales, story }: HomeProps) {
  const { say } = visit;
  return (
    <>
      <Hero visit={visit} shell={shell} />
      <SaleStrips visit={visit} sales={sales} />
      {shell.collections.length > 0 && (
        <section class="wrap section" aria-labelledby="stalls">
          <h2 id="stalls">{m.the_stalls({}, say)}</h2>
          <ul class="tiles">
            {shell.collections.map((collection) => (
              <Tile visit={visit} collection={collection} />
            ))}
          </ul>
        </section>
      )}
      {newest.length > 0 ? (
        <section class="wrap section" aria-labelledby="newest">
          <h2 id="newest">{m.new_arrivals({}, say)}</h2>
          <ProductGrid visit={visit} products={newest} />
        </section>
      ) : (
        <p class="wrap empty">{m.shop_empty({}, say)}</p>
      )}
      {story && (
        <section class="story" id="story" aria-labelledby="story-title">
          <div class="wrap story-words">
            <h2 id="story-title">{m.our_story({}, say)}</h2>
            <div class="prose">{raw(story)}</div>
          </div>
        </section>
      )}
      <Promises visit={visit} />
    </>
  );
}

/** A shop with a front page of its own greets with its picture; any other with its first collection. */
function Hero({ visit, shell: { front, collections } }: { visit: Visit; shell: Shell }) {
  const first = collections[0];
  const image = front?.image ?? first?.image;
  return (
    <section class={front?.image ? "hero" : image ? "cover" : "cover cover-bare"}>
      {image && (
        <Picture
          src={image.src}
          alt=""
          width={2000}
          height={1000}
          isFirst
          class={front?.image ? "hero-picture" : "cover-picture"}
        />
      )}
      <div class={front?.image ? "hero-words wrap" : "cover-words wrap"}>
        <h1 class="hero-title">{front?.title ?? m.hero_title({}, visit.say)}</h1>
        {first && (
          <p>
            <a class="button" href={`/collections/${first.handle}`}>
              {m.visit_collection({ title: first.title }, visit.say)}
            </a>
          </p>
        )}
      </div>
    </section>
  );
}

function Tile({ visit, collection }: { visit: Visit; collection: Collection }) {
  const { handle, title, image, product_count: count } = collection;
  return (
    <li class="tile">
      {image && <Picture src={image.src} alt="" width={1600} height={900} />}
      <p class="tile-label">
        <a href={`/collections/${handle}`}>{title}</a>
        <span>{m.things({ count }, visit.say)}</span>
      </p>
    </li>
  );
}

const Promises = ({ visit: { say } }: { visit: Visit }) => (
  <section class="wrap promises" aria-label={m.good_to_know({}, say)}>
    <div>
      <h3>{m.promise_shipping({}, say)}</h3>
      <p>{m.note_shipping({}, say)}</p>
    </div>
    <div>
      <h3>{m.promise_returns({}, say)}</h3>
      <p>{m.note_returns({}, say)}</p>
    </div>
    <div>
      <h3>{m.promise_payment({}, say)}</h3>
      <p>{m.note_payment({}, say)}</p>
    </div>
  </section>
);
