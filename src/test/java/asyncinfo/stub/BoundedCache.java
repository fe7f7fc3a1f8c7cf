package asyncinfo.stub;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What was found out about texts that come again and again, as those of pollers do. Bounded: long
 * texts are not remembered, and when there are too many, all are forgotten.
 *
 * @param <V> what is found out
 */
final class BoundedCache<V> {
  private static final int MOST = 1_000;
  private static final int LONGEST = 1_000;

  private final Map<String, V> known = new ConcurrentHashMap<>();

  Optional<V> find(String text) {
    return Optional.ofNullable(known.get(text));
  }

  void remember(String text, V value) {
    if (text.length() > LONGEST) {
      return;
    }
    if (known.size() >= MOST) {
      known.clear();
    }
    known.put(text, value);
  }

  void forget() {
    known.clear();
  }
}
