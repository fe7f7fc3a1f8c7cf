package asyncinfo.contract;

import java.util.List;
import java.util.Optional;

/**
 * A common parameter of API 3.0.
 *
 * @param name its name in the documentation
 * @param header the HTTP header that carries it with signature v3
 * @param v1 whether a query or form carries it with signature v1
 * @param type {@code String} or {@code Integer}
 * @param requiredBy the signatures, {@code v1} or {@code v3}, that require it
 */
public record CommonParameter(
    String name, Optional<String> header, boolean v1, String type, List<String> requiredBy) {}
