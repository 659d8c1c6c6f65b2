import { z } from "@hono/zod-openapi";
import { PICTURE_TYPES } from "./types.ts";

export const pictureType = z.enum(PICTURE_TYPES, `Expected one of ${PICTURE_TYPES.join(", ")}.`);

export const storageClass = z.enum(["Standard", "InfrequentAccess"]);

export const upload = z
  .object({
    id: z.string(),
    url: z.url(),
    method: z.literal("PUT"),
    headers: z.record(z.string(), z.string()),
    expires_at: z.iso.datetime(),
  })
  .openapi("Upload");
export type Upload = z.infer<typeof upload>;

export const picture = z
  .object({
    id: z.string(),
    src: z.string().openapi({ description: "Never changes: it is named by the content." }),
    srcset: z.string().nullable(),
    filename: z.string(),
    content_type: pictureType,
    bytes: z.int(),
    width: z.int(),
    height: z.int(),
    storage_class: storageClass,
    created_at: z.iso.datetime(),
  })
  .openapi("Picture");
export type Picture = z.infer<typeof picture>;

export const picturePage = z
  .object({ data: z.array(picture), next_cursor: z.string().nullable() })
  .openapi("PicturePage");

export const task = z
  .object({
    id: z.string(),
    status: z.enum(["queued", "done", "failed"]),
    picture_id: z.string(),
    product_handle: z.string().nullable(),
    purger: z.string().nullable().openapi({ description: "`cloudflare` (all locations) or `this location`." }),
    purge: z.array(z.string()),
    prewarm: z.array(z.string()),
    visited: z
      .array(z.object({ url: z.string(), outcome: z.string() }))
      .openapi({ description: "What came of each address." }),
    attempts: z.int(),
    error: z.string().nullable(),
    created_at: z.iso.datetime(),
    finished_at: z.iso.datetime().nullable(),
  })
  .openapi("MediaTask");
export type Task = z.infer<typeof task>;

const amount = z.object({ pictures: z.int(), bytes: z.int() });

export const storageReport = z
  .object({
    classes: z.object({ Standard: amount, InfrequentAccess: amount }),
    cooling: amount.describe("Of Standard: not seen for long enough. Of InfrequentAccess: seen often lately."),
    warming: amount,
    quiet_days: z.int(),
    hot_views: z.int(),
    hot_days: z.int(),
    hottest: z.array(z.object({ src: z.string(), views: z.int() })),
    uploads: z.object({ waiting: z.int(), refused: z.int() }),
  })
  .openapi("MediaStorage");
export type StorageReport = z.infer<typeof storageReport>;
