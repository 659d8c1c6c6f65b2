import { defineCapability } from "../../../platform/capability.ts";
import { serve } from "../../../platform/contract.ts";
import { changeLicence, createLicence, listLicences, readLicence, revokeLicence } from "./actions/licences.ts";
import { confirm, extend, listReservations, readReservation, release, reserve } from "./actions.ts";
import * as contract from "./contract.ts";

/** Holding units of stock, sold alone as the reservation API: partners call it by licence, staff by their key. */
export default defineCapability({
  name: "reservations",
  sells: { unit: "reservation call", plans: contract.plans },
  needs: ["stock"],
  operations: [
    serve(contract.reserve, reserve),
    serve(contract.extend, extend),
    serve(contract.confirm, confirm),
    serve(contract.release, release),
    serve(contract.readReservation, readReservation),
    serve(contract.listReservations, listReservations),
    serve(contract.createLicence, createLicence),
    serve(contract.listLicences, listLicences),
    serve(contract.readLicence, readLicence),
    serve(contract.changeLicence, changeLicence),
    serve(contract.revokeLicence, revokeLicence),
  ],
});
