package asyncinfo.stub;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Caches results for recurring texts, such as the bodies of polling clients. Texts over 1,000
 * characters are not cached; at 1,000 entries the cache is cleared.
 *
 * @param <V> the cached result
 */
final class BoundedCache<V> {
  private static final int MAX_ENTRIES = 1_000;
  private static final int MAX_LENGTH = 1_000;

  private final Map<String, V> entries = new ConcurrentHashMap<>();

  Optional<V> find(String text) {
    return Optional.ofNullable(entries.get(text));
  }

  void put(String text, V value) {
    if (text.length() > MAX_LENGTH) {
      return;
    }
    if (entries.size() >= MAX_ENTRIES) {
      entries.clear();
    }
    entries.put(text, value);
  }

  void clear() {
    entries.clear();
  }
}
