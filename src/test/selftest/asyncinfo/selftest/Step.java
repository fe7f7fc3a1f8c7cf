package asyncinfo.selftest;

import asyncinfo.client.SignatureV3;
import asyncinfo.contract.Api;
import asyncinfo.contract.Json;
import asyncinfo.selftest.FaultyResponse.Delivery;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * One change of a response; exactly one of its members is set. In every text, {@code {fresh}}
 * stands for a new RequestId.
 *
 * @param set puts a value at a JSON pointer; a numeric string replaces a number as a number
 * @param retype replaces the text at a JSON pointer by a number, or another value by a text
 * @param remove removes the value at a JSON pointer
 * @param replace replaces each match of a Java regular expression in the body
 * @param body replaces the whole body
 * @param serve replaces the body by that of another response
 * @param refuse replaces the body by an error with this code
 * @param status replaces the HTTP status
 * @param header sets headers by name; null removes one
 * @param encode encodes the bytes of the body
 * @param requestId takes the RequestId from another response
 * @param deliver selects how the response is sent
 * @param delay milliseconds before it is sent
 * @param leak appends the SecretKey of the request's SecretId to the text at a JSON pointer
 */
record Step(
    Assignment set,
    String retype,
    String remove,
    Replacement replace,
    String body,
    Other serve,
    String refuse,
    Integer status,
    Map<String, String> header,
    Encoding encode,
    Source requestId,
    Delivery deliver,
    Integer delay,
    Leak leak) {

  /** A text that ends in an encoded SecretKey. */
  record Leak(String at, LeakEncoding as) {}

  /** An encoding of a SecretKey. */
  enum LeakEncoding {
    PLAIN,
    /** In Base64, behind another character. */
    BASE64,
    /** Percent-encoded, each character. */
    PERCENT,
    HEX,
    /** The key that signature v3 derives for the request, in hex. */
    SIGNING_KEY
  }

  /** A value and its JSON pointer. */
  record Assignment(String at, JsonNode to) {}

  /** A regular expression and its replacement. */
  record Replacement(String match, String by) {}

  /** The origin of a body. */
  enum Other {
    /** The documented example. */
    EXAMPLE,
    /** The documented example of another API. */
    OTHER_API,
    /** The last response of the same API, including its RequestId. */
    PREVIOUS
  }

  /** The origin of a RequestId. */
  enum Source {
    /** The first response of the run. */
    FIRST,
    /** The last response of the same API. */
    PREVIOUS,
    /** The last response of another API. */
    OTHER_API
  }

  /** The encoding of a body. */
  enum Encoding {
    GZIP,
    /** UTF-8 with a byte order mark. */
    BOM,
    UTF_16,
    GBK,
    /** The first half of the bytes. */
    HALF,
    /** No bytes. */
    EMPTY
  }

  /** Returns the number of its actions, which must be one. */
  long actionCount() {
    return Stream.of(
            set, retype, remove, replace, body, serve, refuse, status, header, encode, requestId,
            deliver, delay, leak)
        .filter(Objects::nonNull)
        .count();
  }

  /** Returns the changed response. */
  FaultyResponse apply(FaultyResponse faulty, Exchange exchange, ExchangeHistory history) {
    if (set != null) {
      return json(faulty, root -> put(root, set.at, like(root.at(set.at), fresh(set.to))));
    }
    if (retype != null) {
      return json(faulty, root -> put(root, retype, ofOtherType(root.at(retype))));
    }
    if (remove != null) {
      return json(faulty, root -> take(root, remove));
    }
    if (replace != null) {
      return faulty.changed(text -> text.replaceAll(replace.match, replace.by));
    }
    if (body != null) {
      return faulty.withText(fresh(body));
    }
    if (serve != null) {
      return switch (serve) {
        case EXAMPLE -> faulty.withText(example(exchange.api().orElseThrow()));
        case OTHER_API ->
            history.otherApi(exchange).map(api -> faulty.withText(example(api))).orElse(faulty);
        case PREVIOUS -> history.previous(exchange).map(faulty::withText).orElse(faulty);
      };
    }
    if (refuse != null) {
      return faulty.withText(refusal(refuse));
    }
    if (status != null) {
      return faulty.withStatus(status);
    }
    if (header != null) {
      FaultyResponse changed = faulty;
      for (Map.Entry<String, String> each : header.entrySet()) {
        changed = changed.withHeader(each.getKey(), each.getValue());
      }
      return changed;
    }
    if (encode != null) {
      return encoded(faulty);
    }
    if (requestId != null) {
      return history
          .requestId(requestId, exchange)
          .map(id -> json(faulty, root -> put(root, "/Response/RequestId", text(id))))
          .orElse(faulty);
    }
    if (leak != null) {
      return history
          .secretKey(exchange)
          .map(
              key ->
                  json(faulty, root -> put(root, leak.at, leaked(root.at(leak.at), key, exchange))))
          .orElse(faulty);
    }
    return deliver != null ? faulty.delivered(deliver) : faulty.delayed(delay);
  }

  private JsonNode leaked(JsonNode before, String secretKey, Exchange exchange) {
    byte[] bytes = secretKey.getBytes(StandardCharsets.UTF_8);
    String encoded =
        switch (leak.as) {
          case PLAIN -> secretKey;
          case BASE64 ->
              Base64.getEncoder()
                  .encodeToString((":" + secretKey).getBytes(StandardCharsets.UTF_8));
          case PERCENT -> "%" + HexFormat.ofDelimiter("%").formatHex(bytes);
          case HEX -> HexFormat.of().formatHex(bytes);
          case SIGNING_KEY ->
              SignatureV3.scope(exchange.request())
                  .map(scope -> HexFormat.of().formatHex(SignatureV3.signingKey(secretKey, scope)))
                  .orElse("");
        };
    return text(before.asString("") + " " + encoded);
  }

  private static FaultyResponse json(FaultyResponse faulty, UnaryOperator<JsonNode> change) {
    try {
      return faulty.withText(change.apply(Json.readLeniently(faulty.text())).toString());
    } catch (JacksonException e) {
      return faulty;
    }
  }

  private static JsonNode put(JsonNode root, String pointer, JsonNode value) {
    if (pointer.isEmpty()) {
      return value;
    }
    if (parent(root, pointer) instanceof ObjectNode object) {
      object.set(name(pointer), value);
    }
    return root;
  }

  private static JsonNode like(JsonNode before, JsonNode value) {
    return before.isNumber() && value.asString("").matches("\\d{1,18}")
        ? Json.read(value.asString())
        : value;
  }

  private static JsonNode ofOtherType(JsonNode value) {
    return value.isString()
        ? JsonNodeFactory.instance.numberNode(1_653_894_000)
        : text(value.toString());
  }

  private static JsonNode take(JsonNode root, String pointer) {
    if (parent(root, pointer) instanceof ObjectNode object) {
      object.remove(name(pointer));
    }
    return root;
  }

  private static JsonNode parent(JsonNode root, String pointer) {
    return root.at(pointer.substring(0, pointer.lastIndexOf('/')));
  }

  private static String name(String pointer) {
    return pointer.substring(pointer.lastIndexOf('/') + 1);
  }

  private static JsonNode text(String value) {
    return JsonNodeFactory.instance.stringNode(value);
  }

  private static String fresh(String text) {
    return text.replace("{fresh}", UUID.randomUUID().toString());
  }

  private static JsonNode fresh(JsonNode value) {
    return Json.read(fresh(value.toString()));
  }

  private static String example(Api api) {
    ObjectNode document = (ObjectNode) api.examples().get(0).response().deepCopy();
    ((ObjectNode) document.path("Response")).put("RequestId", UUID.randomUUID().toString());
    return document.toString();
  }

  private static String refusal(String code) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    ObjectNode response = document.putObject("Response");
    response.putObject("Error").put("Code", code).put("Message", "planted");
    response.put("RequestId", UUID.randomUUID().toString());
    return document.toString();
  }

  private FaultyResponse encoded(FaultyResponse faulty) {
    byte[] body = faulty.content().body();
    return switch (encode) {
      case GZIP -> faulty.withHeader("Content-Encoding", "gzip").withBody(zipped(body));
      case BOM -> faulty.changed(text -> "\uFEFF" + text);
      case UTF_16 -> faulty.withBody(faulty.text().getBytes(StandardCharsets.UTF_16));
      case GBK -> faulty.withBody(faulty.text().getBytes(Charset.forName("GBK")));
      case HALF -> faulty.withBody(Arrays.copyOf(body, body.length / 2));
      case EMPTY -> faulty.withBody(new byte[0]);
    };
  }

  private static byte[] zipped(byte[] body) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
