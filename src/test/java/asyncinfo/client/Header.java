package asyncinfo.client;

/**
 * An HTTP header.
 *
 * @param name the name
 * @param value the value, byte for byte as sent
 */
public record Header(String name, String value) {}
