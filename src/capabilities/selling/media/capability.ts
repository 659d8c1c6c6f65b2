import { defineCapability } from "../../../platform/capability.ts";
import { serve } from "../../../platform/contract.ts";
import { completeUpload } from "./actions/complete-upload.ts";
import { deletePicture, finishDeletions } from "./actions/delete-picture.ts";
import { moveStorage, readStorage } from "./actions/move-storage.ts";
import { publishPicture } from "./actions/publish-picture.ts";
import { receiveUpload } from "./actions/receive-upload.ts";
import { servePicture } from "./actions/serve-picture.ts";
import { sweepUploads } from "./actions/sweep-uploads.ts";
import { createUpload, listPictures, readTask } from "./actions.ts";
import * as contract from "./contract.ts";

export default defineCapability({
  name: "media",
  sells: {
    unit: "upload",
    plans: [
      { name: "basic", callsPerSecond: 2, microsPerUnit: 500, availability: "99.9 %" },
      { name: "premium", callsPerSecond: 20, microsPerUnit: 400, availability: "99.95 %" },
      { name: "enterprise", callsPerSecond: 100, microsPerUnit: 300, availability: "99.99 %" },
    ],
  },
  needs: ["catalog"],
  operations: [
    serve(contract.createUpload, createUpload),
    serve(contract.completeUpload, completeUpload),
    serve(contract.listPictures, listPictures),
    serve(contract.deletePicture, deletePicture),
    serve(contract.readTask, readTask),
    serve(contract.readStorage, readStorage),
  ],
  files: [
    {
      method: "put",
      path: "/media/direct/:id",
      act: receiveUpload,
      refusals: {
        invalid_signature: 403,
        upload_used: 409,
        upload_expired: 410,
        unsupported_media_type: 415,
        wrong_length: 422,
        wrong_hash: 422,
      },
    },
    { method: "get", path: "/media/:name", act: servePicture, refusals: { not_found: 404 } },
  ],
  tells: {
    "picture.published": "An uploaded picture is accepted and on its way to every page",
    "picture.deleted": "A picture is gone, also from every product that showed it",
  },
  counts: [{ meter: "pictures_published", event: "picture.published" }],
  on: { "picture.published": publishPicture, "picture.deleted": publishPicture },
  every: { hour: [sweepUploads, finishDeletions, moveStorage] },
});
