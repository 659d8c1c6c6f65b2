import { m } from "../messages/compiled/messages.js";
import type { Visit } from "../visit.ts";

/** The place that takes files: dropped, pasted or chosen. The whole page takes drops; this is where it says so. */
export const DropZone = ({ visit: { say }, types }: { visit: Visit; types: readonly string[] }) => (
  <label class="drop" data-drop>
    <input class="unseen" type="file" multiple accept={types.join(",")} data-files aria-describedby="drop-hint" />
    <svg viewBox="0 0 64 48" width="64" height="48" aria-hidden="true">
      <path class="drop-frame" d="M3 9h44v34H3z" />
      <path class="drop-hill" d="m3 37 13-13 9 9 8-7 14 13" />
      <circle class="drop-sun" cx="36" cy="18" r="4" />
      <path class="drop-plus" d="M54 3v14M47 10h14" />
    </svg>
    <span class="drop-title drop-by-mouse">{m.studio_drop({}, say)}</span>
    <span class="drop-title drop-by-touch">{m.studio_drop_touch({}, say)}</span>
    <span class="drop-choose">{m.studio_choose({}, say)}</span>
    <span class="field-hint" id="drop-hint">
      {m.studio_drop_hint({}, say)}
    </span>
  </label>
);

/** One chosen file; the island fills copies of it. */
export const RowTemplate = ({ visit: { say } }: { visit: Visit }) => (
  <template data-row>
    <li class="shot" data-state="ready">
      <canvas class="shot-preview" width="176" height="176" />
      <div class="shot-words">
        <p class="shot-name" data-name />
        <p class="shot-facts" data-facts />
        <label class="shot-field" data-alt>
          <span>{m.studio_alt({}, say)}</span>
          <input type="text" maxlength={512} placeholder={m.studio_alt_hint({}, say)} />
        </label>
        <label class="shot-field" data-place hidden>
          <span>{m.studio_place({}, say)}</span>
          <select />
        </label>
        <progress max="100" value="0" aria-label={m.studio_progress({}, say)} hidden />
        <p class="shot-status" data-status />
      </div>
      <div class="shot-tools">
        <button class="link-button" type="button" data-retry hidden>
          {m.studio_retry({}, say)}
        </button>
        <button class="link-button" type="button" data-cancel hidden>
          {m.studio_cancel({}, say)}
        </button>
        <button class="link-button" type="button" data-remove>
          {m.studio_remove({}, say)}
        </button>
      </div>
    </li>
  </template>
);
