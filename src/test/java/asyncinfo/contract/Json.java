package asyncinfo.contract;

import com.networknt.schema.serialization.node.LocationJsonNodeFactoryFactory;
import com.networknt.schema.utils.JsonNodes;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Strict JSON: one document, no duplicate keys, no text after the end. */
public final class Json {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();
  private static final JsonMapper LENIENT = JsonMapper.builder().build();
  private static final JsonMapper PRETTY =
      MAPPER.rebuild().enable(SerializationFeature.INDENT_OUTPUT).build();

  private Json() {}

  /** Returns the shared strict mapper, for records. */
  public static JsonMapper mapper() {
    return MAPPER;
  }

  /** Returns the same mapper with indented output. */
  public static JsonMapper pretty() {
    return PRETTY;
  }

  /**
   * Reads one document.
   *
   * @throws JacksonException when the text is not exactly one JSON document without duplicate keys
   */
  public static JsonNode read(String text) {
    JsonNode node = MAPPER.readTree(text);
    if (node == null || node.isMissingNode()) {
      throw new StreamReadException(null, "the text is empty");
    }
    return node;
  }

  /**
   * Reads a text as a lenient client does: of duplicate keys, the last counts.
   *
   * @throws JacksonException when the text is not JSON
   */
  public static JsonNode readLeniently(String text) {
    JsonNode node = LENIENT.readTree(text);
    if (node == null || node.isMissingNode()) {
      throw new StreamReadException(null, "the text is empty");
    }
    return node;
  }

  /** Returns a value as a query carries it: a text by itself, an array or an object as JSON. */
  public static String text(JsonNode value) {
    return value.isContainer() ? value.toString() : value.asString("");
  }

  /** Reads one document whose nodes know the line they came from. */
  static JsonNode readWithLines(String text) {
    return JsonNodes.readTree(MAPPER, text, LocationJsonNodeFactoryFactory.getInstance());
  }

  /** Returns the line of a node read by {@link #readWithLines}; 1 if it is unknown. */
  static int line(JsonNode node) {
    TokenStreamLocation location = JsonNodes.tokenStreamLocationOf(node);
    return location == null ? 1 : Math.max(1, location.getLineNr());
  }

  /** Returns the strings of an array, and of nothing else. */
  static List<String> texts(JsonNode array) {
    return array.valueStream().filter(JsonNode::isString).map(JsonNode::asString).toList();
  }

  /** Describes why a text is not JSON, in one line with line and column. */
  public static String problem(JacksonException e) {
    TokenStreamLocation at = e.getLocation();
    String where = at == null ? "" : " (line " + at.getLineNr() + ":" + at.getColumnNr() + ")";
    return e.getOriginalMessage().lines().findFirst().orElse("not JSON") + where;
  }
}
