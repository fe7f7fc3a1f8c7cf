package asyncinfo.client;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Percent-encoding of RFC 3986: UTF-8, upper-case hex, all but unreserved characters encoded. */
public final class PercentEncoding {
  private PercentEncoding() {}

  /** Encodes a name or a value; a space becomes {@code %20}, never {@code +}. */
  public static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~");
  }
}
