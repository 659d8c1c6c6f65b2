export const DAY_MS = 86_400_000;
/** A picture that nobody saw for so long moves to the cheaper class. R2 bills 30 days there at least, so less would cost more. */
export const QUIET_DAYS = 30;
/** So many views within so many days bring it back: one read from there costs what the class saves in two months (R2 pricing). */
export const HOT_VIEWS = 3;
export const HOT_DAYS = 7;

export type StorageClass = "Standard" | "InfrequentAccess";

/** Days since 1970 (UTC). */
export const dayOf = (at: number): number => Math.floor(at / DAY_MS);

interface Seen {
  storageClass: StorageClass;
  createdAt: number;
  movedAt: number | null;
  /** Views within the last `QUIET_DAYS` and the last `HOT_DAYS`. */
  lately: number;
  recently: number;
}

/** The class that a picture should be in now, and why. */
export function chooseClass(seen: Seen, now: number): { to: StorageClass; because: string } {
  const { storageClass, lately, recently } = seen;
  if (storageClass === "InfrequentAccess")
    return recently >= HOT_VIEWS
      ? { to: "Standard", because: `${recently} views in ${HOT_DAYS} days` }
      : { to: storageClass, because: "seldom seen" };
  const since = Math.max(seen.createdAt, seen.movedAt ?? 0);
  if (lately > 0 || now - since < QUIET_DAYS * DAY_MS) return { to: storageClass, because: "seen or new" };
  return { to: "InfrequentAccess", because: `not seen for ${QUIET_DAYS} days` };
}
