package asyncinfo.ratelimit;

/**
 * What a limiter may tell calls apart by.
 *
 * @param api the API that is called
 * @param region the region that is asked for
 * @param account the account that signs
 * @param connection the connection that carries the call
 * @param format the shape of the call: method and signature
 * @param subject what the call asks about
 */
public record LimitKey(
    String api, String region, String account, String connection, String format, String subject) {}
