package asyncinfo.contract;

/**
 * The promised request frequency (section 1 of a page).
 *
 * @param requests how many requests are served in each period
 * @param seconds the length of the period in seconds
 */
public record Limit(int requests, int seconds) {}
