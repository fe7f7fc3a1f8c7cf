package asyncinfo.ratelimit;

/**
 * The properties of a call by which a limiter may select a budget.
 *
 * @param api the id of the API that is called
 * @param region the region that it names
 * @param account the account that signs
 * @param connection the connection that carries the call
 * @param format the request format: method and signature
 * @param subject the resource that the call names
 */
public record LimitKey(
    String api, String region, String account, String connection, String format, String subject) {}
