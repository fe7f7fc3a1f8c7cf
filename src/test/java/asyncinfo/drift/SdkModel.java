package asyncinfo.drift;

import com.google.gson.annotations.SerializedName;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A model class of an SDK.
 *
 * @param members its members by the names that they have on the wire, with their Java types
 */
record SdkModel(Map<String, Class<?>> members) {
  private static final Map<Class<?>, String> JSON =
      Map.of(
          String.class, "string",
          Long.class, "integer",
          Integer.class, "integer",
          Float.class, "number",
          Double.class, "number",
          BigDecimal.class, "number",
          Boolean.class, "boolean");

  /** Reads a class, and those that it extends. */
  static SdkModel of(Class<?> model) {
    Map<String, Class<?>> members = new LinkedHashMap<>();
    for (Class<?> each = model; each != null; each = each.getSuperclass()) {
      Stream.of(each.getDeclaredFields())
          .filter(field -> field.isAnnotationPresent(SerializedName.class))
          .forEach(
              field ->
                  members.put(field.getAnnotation(SerializedName.class).value(), field.getType()));
    }
    return new SdkModel(members);
  }

  /** The JSON type of a member, as {@link PageTemplate#json} names it. */
  static String json(Class<?> type) {
    return type.isArray()
        ? "array of " + json(type.getComponentType())
        : JSON.getOrDefault(type, "object");
  }
}
