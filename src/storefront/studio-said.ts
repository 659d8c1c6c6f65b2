/** What the pictures' island says, as the page hands it over; `#` stands where it puts a number or a name. */
export interface StudioSaid {
  upload: string;
  ready: string;
  waiting: string;
  hashing: string;
  sending: string;
  checking: string;
  published: string;
  refreshed: string;
  cancelled: string;
  summary: string;
  added: string;
  place_last: string;
  place_of: string;
  no_product_pictures: string;
  delete: string;
  delete_sure: string;
  delete_yes: string;
  delete_no: string;
  deleted: string;
  /** By refusal code; `other` for the rest. */
  errors: { [code: string]: string; other: string };
}
