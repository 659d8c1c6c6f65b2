import { m } from "./messages/compiled/messages.js";
import type { StudioSaid } from "./studio-said.ts";
import type { Visit } from "./visit.ts";

/** What the pictures' island says, in the page's language. */
export function studioWords(say: Visit["say"]): StudioSaid {
  const it = "#";
  return {
    upload: m.studio_upload({ count: it }, say),
    ready: m.studio_ready({}, say),
    waiting: m.studio_waiting({}, say),
    hashing: m.studio_hashing({}, say),
    sending: m.studio_sending({ percent: it }, say),
    checking: m.studio_checking({}, say),
    published: m.studio_published({}, say),
    refreshed: m.studio_refreshed({}, say),
    cancelled: m.studio_cancelled({}, say),
    summary: m.studio_summary({ done: "#1", all: "#2" }, say),
    added: m.studio_added({ count: it }, say),
    place_last: m.studio_place_last({}, say),
    place_of: m.studio_place_of({ number: it }, say),
    no_product_pictures: m.studio_no_product_pictures({}, say),
    delete: m.studio_delete({ name: it }, say),
    delete_sure: m.studio_delete_sure({}, say),
    delete_yes: m.studio_delete_yes({}, say),
    delete_no: m.studio_delete_no({}, say),
    deleted: m.studio_deleted({ name: it }, say),
    errors: {
      unauthenticated: m.studio_error_key({}, say),
      wrong_shop: m.studio_error_key({}, say),
      forbidden: m.studio_error_forbidden({}, say),
      network: m.studio_error_network({}, say),
      too_large: m.studio_error_too_large({}, say),
      empty: m.studio_error_empty({}, say),
      wrong_type: m.studio_error_type({}, say),
      broken_picture: m.studio_error_broken({}, say),
      polyglot: m.studio_error_polyglot({}, say),
      too_many_pixels: m.studio_error_pixels({}, say),
      unknown_product: m.studio_error_product({}, say),
      too_many_pictures: m.studio_error_full({}, say),
      too_many_uploads: m.studio_error_busy({}, say),
      upload_expired: m.studio_error_expired({}, say),
      other: m.studio_error_other({ reason: it }, say),
    },
  };
}
