package asyncinfo.contract;

/**
 * A documented value with the words that the page gives it.
 *
 * @param value a status value or an error code
 * @param description the page's words; empty where it has none
 */
public record DocumentedValue(String value, String description) {}
