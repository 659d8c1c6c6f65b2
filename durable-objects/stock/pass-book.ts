const TABLE = `CREATE TABLE IF NOT EXISTS passes (
  jti TEXT PRIMARY KEY, expires_at INTEGER NOT NULL, seq INTEGER NOT NULL) WITHOUT ROWID`;

/** Passes that were used up: each lets a buyer in once. Those that have expired need no remembering. */
export class PassBook {
  private isOpen = false;

  constructor(private readonly sql: SqlStorage) {}

  isUsed(jti: string): boolean {
    this.open();
    return this.sql.exec("SELECT 1 FROM passes WHERE jti = ?", jti).toArray().length > 0;
  }

  /** Used for the hold of that number, with which it moves. Run it inside the turn's transaction. */
  use(jti: string, expiresAt: number, seq: number): void {
    this.sql.exec("INSERT INTO passes VALUES (?, ?, ?)", jti, expiresAt, seq);
  }

  forgetExpired(now: number): void {
    this.open();
    this.sql.exec("DELETE FROM passes WHERE expires_at <= ?", now);
  }

  private open(): void {
    if (!this.isOpen) this.sql.exec(TABLE);
    this.isOpen = true;
  }
}
