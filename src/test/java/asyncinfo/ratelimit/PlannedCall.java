package asyncinfo.ratelimit;

/**
 * A call that the protocol wants sent.
 *
 * @param api the API to call, by its product
 * @param probe the probe that it belongs to
 * @param origin account and region
 * @param connection the connection that carries it, from 0; a connection carries one call at a time
 * @param at when, in nanoseconds from the start of the run
 */
public record PlannedCall(
    String api, String probe, CallerIdentity origin, int connection, long at) {}
