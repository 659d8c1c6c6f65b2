/** After this long a search counts half. */
const HALF_LIFE_MS = 3 * 86_400_000;
const WORDS_MAX = 1_000;
/** Fewer searches are nobody's trend, and might be one person's business. */
const SEARCHES_MIN = 3;
/** Events of which it is known that they were counted. */
const EVENTS_MAX = 1_000;

/** What shoppers of one shop look for most, newer searches before older ones. */
export class HotWords {
  constructor(private readonly sql: SqlStorage) {
    sql.exec("CREATE TABLE IF NOT EXISTS hot (query TEXT PRIMARY KEY, weight REAL NOT NULL, at INTEGER NOT NULL)");
    sql.exec("CREATE TABLE IF NOT EXISTS counted (event TEXT PRIMARY KEY)");
  }

  /** Counts each event once, however often it is delivered. */
  count(event: string, searches: Readonly<Record<string, number>>, now: number): void {
    const isNew = this.sql.exec("INSERT OR IGNORE INTO counted (event) VALUES (?)", event).rowsWritten > 0;
    if (!isNew) return;
    for (const [query, times] of Object.entries(searches))
      this.sql.exec(
        `INSERT INTO hot (query, weight, at) VALUES (?1, ?2, ?3)
          ON CONFLICT (query) DO UPDATE SET weight = weight * pow(0.5, (?3 - at) / ?4) + ?2, at = ?3`,
        ...[query, times, now, HALF_LIFE_MS],
      );
    this.sql.exec(
      "DELETE FROM hot WHERE query NOT IN (SELECT query FROM hot ORDER BY weight * pow(0.5, (? - at) / ?) DESC LIMIT ?)",
      ...[now, HALF_LIFE_MS, WORDS_MAX],
    );
    // Event ids sort by time, so the oldest go first.
    this.sql.exec(
      "DELETE FROM counted WHERE event < (SELECT event FROM counted ORDER BY event DESC LIMIT 1 OFFSET ?)",
      EVENTS_MAX,
    );
  }

  /** The hottest queries that hold `part`, at the beginning of a word of theirs. */
  hottest(part: string, limit: number, now: number): string[] {
    return this.sql
      .exec<{ query: string }>(
        `SELECT query FROM hot WHERE weight * pow(0.5, (?1 - at) / ?2) >= ?3
          AND (?4 = '' OR instr(' ' || query, ' ' || ?4) > 0 OR (unicode(?4) > 11903 AND instr(query, ?4) > 0))
          ORDER BY weight * pow(0.5, (?1 - at) / ?2) DESC, query LIMIT ?5`,
        ...[now, HALF_LIFE_MS, SEARCHES_MIN * 0.5, part, limit],
      )
      .toArray()
      .map((row) => row.query);
  }
}
