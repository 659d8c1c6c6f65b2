interface __BaseEnv_Env {
  /** The canary Worker, where one is deployed beside this one (docs/decisions/014); scripts/canary-config.mjs binds it. */
  CANARY?: Fetcher;
}
