package asyncinfo.ratelimit;

/**
 * A call that the workload plans.
 *
 * @param api the API to call, by its product
 * @param probe the probe that it belongs to
 * @param identity account and region
 * @param connection the connection that carries it, from 0; a connection carries one call at a time
 * @param at the time to send it, in nanoseconds from the start of the run
 */
public record PlannedCall(
    String api, ProbeId probe, CallerIdentity identity, int connection, long at) {}
