package asyncinfo.contract;

/**
 * The promised request frequency (section 1 of a page).
 *
 * @param requests the number of requests that are served in each period
 * @param seconds the length of the period in seconds
 */
public record Limit(int requests, int seconds) {}
