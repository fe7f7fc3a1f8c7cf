package asyncinfo.client;

/**
 * A named value of a query or a form, not yet encoded.
 *
 * @param name the name
 * @param value the raw value
 */
public record Parameter(String name, String value) {}
