package asyncinfo.config;

import asyncinfo.endpoint.TargetEndpoint;
import asyncinfo.ratelimit.Workload.WorkloadSize;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Converts the texts of settings. Each parser throws {@link IllegalArgumentException} with a
 * message that quotes the text and gives the reason, without the name of the setting.
 */
final class SettingParsers {
  private static final Pattern HOST =
      Pattern.compile("[A-Za-z0-9._-]+(:[0-9]{1,5})?|\\[[0-9a-fA-F:.]+](:[0-9]{1,5})?");

  /** An IPv6 address without the brackets that a URL has around it; no port can follow it. */
  private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F.]*:[0-9a-fA-F.]*:[0-9a-fA-F:.]*");

  private static final int LARGEST_PORT = 65_535;

  private SettingParsers() {}

  /** Returns a parser of whole numbers from 1 up to a largest one. */
  static Function<String, Integer> wholeNumber(int largest) {
    return text -> {
      if (text.matches("[0-9]{1,10}")) {
        long value = Long.parseLong(text);
        if (value >= 1 && value <= largest) {
          return (int) value;
        }
      }
      throw refused(
          text,
          "is not a whole number "
              + (largest == Integer.MAX_VALUE ? "of at least 1" : "from 1 to " + largest));
    };
  }

  static boolean bool(String text) {
    if (!List.of("true", "false").contains(text)) {
      throw refused(text, "is not one of true, false");
    }
    return text.equals("true");
  }

  static String region(String text) {
    if (!text.matches("[A-Za-z0-9-]+")) {
      throw refused(text, "is not a region; write it like " + TargetEndpoint.DEFAULT_REGION);
    }
    return text;
  }

  static String hostHeader(String text) {
    if (!HOST.matcher(text).matches()) {
      throw refused(text, "is not a Host header; write it like dts.example or dts.example:8443");
    }
    return text;
  }

  /** Returns the hosts of a list separated by commas, each as it stands in a URL. */
  static List<String> hosts(String text) {
    List<String> hosts =
        Stream.of(text.split(",", -1))
            .map(String::strip)
            .filter(h -> !h.isEmpty())
            .map(h -> IPV6.matcher(h).matches() ? "[" + h + "]" : h)
            .toList();
    hosts.stream()
        .filter(host -> !HOST.matcher(host).matches())
        .findFirst()
        .ifPresent(
            host -> {
              throw refused(host, "is not a host; list each host, with or without its port");
            });
    return hosts;
  }

  static Optional<WorkloadSize> workloadSize(String text) {
    return switch (text) {
      case "standard" -> Optional.of(WorkloadSize.STANDARD);
      case "extended" -> Optional.of(WorkloadSize.EXTENDED);
      case "off" -> Optional.empty();
      default -> throw refused(text, "is not one of standard, extended, off");
    };
  }

  static URI baseUrl(String text) {
    URI uri;
    try {
      uri = URI.create(text);
    } catch (IllegalArgumentException e) {
      throw noBaseUrl(text);
    }
    if (!List.of("http", "https").contains(String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT))
        || uri.getHost() == null) {
      throw noBaseUrl(text);
    }
    if (uri.getPort() == 0 || uri.getPort() > LARGEST_PORT) {
      throw refused(text, "has a port out of range; ports are 1 to " + LARGEST_PORT);
    }
    if (uri.getRawUserInfo() != null) {
      throw refused(
          text.replaceFirst("//[^/]*@", "//***@"),
          "has a user name in it; requests are signed, so remove it");
    }
    if (!List.of("", "/").contains(uri.getRawPath())
        || uri.getRawQuery() != null
        || uri.getRawFragment() != null) {
      throw refused(text, "has a path or query; API 3.0 is served at /, so remove it");
    }
    return uri;
  }

  private static IllegalArgumentException noBaseUrl(String text) {
    return refused(
        text.replaceFirst("//[^/]*@", "//***@"),
        "is not a base URL; write it like https://host:8443");
  }

  private static IllegalArgumentException refused(String text, String reason) {
    return new IllegalArgumentException("\"" + text + "\" " + reason);
  }
}
