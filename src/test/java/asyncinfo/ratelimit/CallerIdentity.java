package asyncinfo.ratelimit;

/** On whose behalf, and for which region, a call is made. */
public enum CallerIdentity {
  /** The account and the region of all other calls. */
  FIRST,
  /** The same account for another region. */
  SECOND_REGION,
  /** Another account for the same region. */
  SECOND_ACCOUNT
}
