import type { Picture, Task } from "../contract/shapes.ts";
import { srcsetOf } from "../contract/types.ts";
import type { PictureRow, TaskRow } from "../store/uploads.ts";

const time = (at: number): string => new Date(at).toISOString();

export const pictureOnWire = (row: PictureRow): Picture => ({
  id: row.id,
  src: `/media/${row.name}`,
  srcset: srcsetOf(`/media/${row.name}`, row.width) ?? null,
  filename: row.filename,
  content_type: row.contentType,
  bytes: row.bytes,
  width: row.width,
  height: row.height,
  storage_class: row.storageClass,
  created_at: time(row.createdAt),
});

export const taskOnWire = (row: TaskRow): Task => ({
  id: row.id,
  status: row.status,
  picture_id: row.pictureId,
  product_handle: row.productHandle,
  purger: row.purger,
  purge: row.purge,
  prewarm: row.prewarm,
  visited: row.visited ?? [],
  attempts: row.attempts,
  error: row.error,
  created_at: time(row.createdAt),
  finished_at: row.finishedAt === null ? null : time(row.finishedAt),
});
