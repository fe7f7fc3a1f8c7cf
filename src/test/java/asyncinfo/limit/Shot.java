package asyncinfo.limit;

/**
 * A call that a plan wants sent.
 *
 * @param probe the probe that it belongs to
 * @param at when, in nanoseconds from the start of the plan
 */
public record Shot(String probe, long at) {}
