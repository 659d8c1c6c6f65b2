import { z } from "@hono/zod-openapi";
import { operation } from "../../../platform/contract.ts";
import { handle } from "../catalog/contract/shapes.ts";
import { picture, picturePage, pictureType, storageReport, task, upload } from "./contract/shapes.ts";
import { PICTURE_BYTES_MAX } from "./contract/types.ts";

const reading = { meter: "media_read", rateLimit: 50, quotaScope: "per-api-key", tier: "basic" } as const;
const uploading = { meter: "media_uploads", rateLimit: 10, quotaScope: "per-tenant", tier: "basic" } as const;

export const UPLOAD_ID = /^upl_[0-9a-z]{26}$/;
export const PAGE_MAX = 100;
export const PAGE_DEFAULT = 24;

export const createUpload = operation({
  id: "createUpload",
  method: "post",
  path: "/media/uploads",
  summary: "Announce a picture; the answer is an address that takes exactly this file, once, for 15 minutes",
  description:
    "Send the bytes to `url` with `method` and all of `headers` and nothing else, then complete the upload. The address binds method, place, type, length and SHA-256.",
  who: "staff",
  scope: "media:write",
  body: z.strictObject({
    filename: z.string().min(1).max(255).openapi({ description: "Shown to staff; no part of any address." }),
    content_type: pictureType,
    size: z.int().min(1).max(PICTURE_BYTES_MAX, `A picture has at most ${PICTURE_BYTES_MAX} bytes.`),
    sha256: z.string().regex(/^[0-9a-f]{64}$/, "Expected the SHA-256 of the file as 64 lower-case hex digits."),
    alt: z
      .string()
      .max(512)
      .refine((text) => !text.includes("\0"), "NUL is not text.")
      .optional(),
    product_handle: handle.optional().openapi({ description: "The product that shows the picture." }),
    replaces: z
      .string()
      .max(2_048)
      .optional()
      .openapi({ description: "`src` of the product's picture that it replaces." }),
  }),
  example: {
    filename: "lantern.jpg",
    content_type: "image/jpeg",
    size: 245_684,
    sha256: "2d8247813c4ded8ecbfcb205963655cce449a0286399c5a0128fae4dc9ec50ce",
    alt: "A lantern at dusk",
    product_handle: "carry-lantern",
  },
  answer: { status: 201, shape: upload },
  refusals: { invalid_request: 422, unknown_product: 422, too_many_uploads: 429 },
  billing: { ...uploading, hook: "pre-charge" },
});

export const completeUpload = operation({
  id: "completeUpload",
  method: "post",
  path: "/media/uploads/{id}/complete",
  summary: "Check what was uploaded and publish it; idempotent",
  description:
    "Checked: length, SHA-256, type by content, structure to the last byte, pixels, traces of other files. What tells place or maker is removed. A file that fails is deleted.",
  who: "staff",
  scope: "media:write",
  params: z.object({ id: z.string().regex(UPLOAD_ID, "Expected an upload id.") }),
  answer: {
    status: 200,
    shape: z
      .object({
        id: z.string(),
        picture,
        product_handle: z.string().nullable(),
        task: z.object({ id: z.string(), status: z.string() }),
      })
      .openapi("CompletedUpload"),
  },
  refusals: {
    not_found: 404,
    not_uploaded: 409,
    upload_expired: 410,
    changed_meanwhile: 409,
    wrong_length: 422,
    wrong_hash: 422,
    wrong_type: 422,
    broken_picture: 422,
    polyglot: 422,
    too_many_pixels: 422,
    too_many_pictures: 422,
  },
  billing: uploading,
});

export const readTask = operation({
  id: "readMediaTask",
  method: "get",
  path: "/media/tasks/{id}",
  summary: "How far the purge of old pages and the warming of the new picture are",
  who: "staff",
  scope: "media:read",
  params: z.object({ id: z.string().regex(/^mtk_[0-9a-z]{26}$/, "Expected a task id.") }),
  answer: { status: 200, shape: task },
  refusals: { not_found: 404 },
  billing: reading,
});

export const listPictures = operation({
  id: "listPictures",
  method: "get",
  path: "/media/pictures",
  summary: "The shop's pictures, newest first",
  who: "staff",
  scope: "media:read",
  query: z.strictObject({
    limit: z.coerce.number().int().min(1).max(PAGE_MAX).optional(),
    cursor: z.string().max(512).optional(),
  }),
  answer: { status: 200, shape: picturePage },
  refusals: { invalid_request: 422 },
  billing: reading,
});

export const deletePicture = operation({
  id: "deletePicture",
  method: "delete",
  path: "/media/pictures/{id}",
  summary: "Delete a picture: products lose it, the file goes, caches forget it; idempotent",
  description:
    "The task purges every address of the picture and every page that showed it. Browsers that keep the picture show it to their own user only.",
  who: "staff",
  scope: "media:write",
  params: z.object({ id: z.string().regex(/^pic_[0-9a-z]{26}$/, "Expected a picture id.") }),
  answer: {
    status: 200,
    shape: z
      .object({ id: z.string(), task: z.object({ id: z.string(), status: z.string() }) })
      .openapi("DeletedPicture"),
  },
  refusals: { not_found: 404, changed_meanwhile: 409 },
  billing: uploading,
});

export const readStorage = operation({
  id: "readMediaStorage",
  method: "get",
  path: "/media/storage",
  summary: "What the shop's pictures take up, by storage class, and what will move",
  who: "staff",
  scope: "media:read",
  answer: { status: 200, shape: storageReport },
  refusals: {},
  billing: reading,
});
