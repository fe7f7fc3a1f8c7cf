package asyncinfo.ratelimit;

/** The account that signs a call and the region that it names. */
public enum CallerIdentity {
  /** The account and the region of all other calls. */
  FIRST,
  /** The same account for another region. */
  SECOND_REGION,
  /** Another account for the same region. */
  SECOND_ACCOUNT
}
