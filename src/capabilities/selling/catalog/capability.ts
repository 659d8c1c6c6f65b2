import { defineCapability } from "../../../platform/capability.ts";
import { serve } from "../../../platform/contract.ts";
import { exportCatalog } from "./actions/export-file.ts";
import { importCatalog, readImport } from "./actions/import-file.ts";
import { changeCollection, createCollection, deleteCollection } from "./actions/write-collection.ts";
import { changeProduct, createProduct, deleteProduct } from "./actions/write-product.ts";
import { listCollections, listProducts, readCollection, readProduct } from "./actions.ts";
import * as contract from "./contract.ts";

export default defineCapability({
  name: "catalog",
  sells: {
    unit: "call or imported row",
    plans: [
      { name: "basic", callsPerSecond: 50, microsPerUnit: 20, availability: "99.9 %" },
      { name: "premium", callsPerSecond: 500, microsPerUnit: 15, availability: "99.95 %" },
      { name: "enterprise", callsPerSecond: 5_000, microsPerUnit: 10, availability: "99.99 %" },
    ],
  },
  isEssential: true,
  books: ["imported_rows"],
  needs: ["stock", "usage"],
  operations: [
    serve(contract.listProducts, listProducts),
    serve(contract.readProduct, readProduct),
    serve(contract.createProduct, createProduct),
    serve(contract.changeProduct, changeProduct),
    serve(contract.deleteProduct, deleteProduct),
    serve(contract.listCollections, listCollections),
    serve(contract.readCollection, readCollection),
    serve(contract.createCollection, createCollection),
    serve(contract.changeCollection, changeCollection),
    serve(contract.deleteCollection, deleteCollection),
    serve(contract.importCatalog, importCatalog),
    serve(contract.readImport, readImport),
    serve(contract.exportCatalog, exportCatalog),
  ],
  tells: {
    "product.changed": "Products are new or other than before; names up to 100 of them",
    "product.deleted": "A product is gone",
    "collection.changed": "A collection is new or other than before",
    "collection.deleted": "A collection is gone",
  },
});
