package asyncinfo.client;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Shell commands that sign a request again and send it with curl, so that the owner of an endpoint
 * can repeat one call without the harness, at any time and with any key. They contain no secret:
 * the key is read from the environment variables of the SDKs.
 */
public final class CurlCommand {
  private static final int LONGEST_BODY = 2_000;

  /** Smallest intended clock difference, in seconds; smaller ones are delays of the harness. */
  private static final long DELAY = 30;

  private static final Pattern AUTHORIZATION =
      Pattern.compile(
          Pattern.quote(SignatureV3.ALGORITHM)
              + " Credential=([^/]+)/([^,]+), SignedHeaders=([^,]+), Signature=(\\S+)");

  private static final Map<String, String> VARIABLES =
      Map.of(
          "SecretId",
          Credentials.SECRET_ID_VARIABLE,
          "Token",
          Credentials.TOKEN_VARIABLE,
          "Timestamp",
          "T",
          "Signature",
          "SIGNATURE");

  /**
   * Encodes the token with upper-case escapes, as signature v1 requires; curl may use lower case.
   */
  private static final String ENCODE_TOKEN =
      """
      TOKEN=$(python3 -c '
      import os, urllib.parse
      print(urllib.parse.quote(os.environ["TENCENTCLOUD_TOKEN"], safe=""))
      ')
      """;

  private final SignedRequest request;
  private final Credentials key;
  private final String base;
  private final Instant sent;

  private CurlCommand(SignedRequest request, Credentials key, URI endpoint, Instant sent) {
    this.request = request;
    this.key = key;
    this.base = endpoint.toString().replaceFirst("/$", "");
    this.sent = sent;
  }

  /**
   * Returns the commands for a request.
   *
   * @param key the key that signed it
   * @param endpoint the base URL that it was sent to
   * @param sent the time of sending; a timestamp that differs on purpose keeps its difference
   * @return empty where the request has no valid signature of that key, because it would not be the
   *     same request with one, or where it is too long or too binary for a command line
   */
  public static Optional<String> of(
      SignedRequest request, Credentials key, URI endpoint, Instant sent) {
    boolean text =
        request.body().length <= LONGEST_BODY
            && Arrays.equals(request.bodyText().getBytes(StandardCharsets.UTF_8), request.body())
            && !request.bodyText().contains("\0");
    if (!text) {
      return Optional.empty();
    }
    CurlCommand command = new CurlCommand(request, key, endpoint, sent);
    return (request.header("Authorization").isPresent() ? command.v3() : command.v1())
        .filter(
            commands ->
                Stream.concat(Stream.of(key.secretId(), key.secretKey()), key.token().stream())
                    .noneMatch(commands::contains));
  }

  private Optional<String> v3() {
    Matcher authorization = AUTHORIZATION.matcher(request.header("Authorization").orElse(""));
    String timestamp = request.header("X-TC-Timestamp").orElse("");
    if (!authorization.matches() || !timestamp.matches("\\d{1,12}")) {
      return Optional.empty();
    }
    String scope = authorization.group(2);
    String[] parts = scope.split("/", -1);
    List<String> signedHeaders = List.of(authorization.group(3).split(";", -1));
    String canonicalRequest =
        SignatureV3.canonicalRequest(
            request.method(),
            request.query(),
            signedHeaders,
            name -> request.header(name).orElse(""),
            request.body());
    boolean valid =
        authorization.group(1).equals(key.secretId())
            && request.header("X-TC-Token").equals(key.token())
            && parts.length == 3
            && parts[0].equals(SignatureV3.date(Long.parseLong(timestamp)))
            && !signedHeaders.contains("x-tc-timestamp")
            && authorization
                .group(4)
                .equals(
                    SignatureV3.signature(
                        key.secretKey(),
                        scope,
                        SignatureV3.stringToSign(timestamp, scope, canonicalRequest)));
    if (!valid) {
      return Optional.empty();
    }
    String sign =
        """
        %s
        AUTHORIZATION=$(T=$T python3 -c '
        import datetime, hmac, os
        env = os.environ
        date = datetime.datetime.fromtimestamp(int(env["T"]), datetime.timezone.utc)
        scope = date.strftime("%%Y-%%m-%%d") + "/%s/%s"
        # The last line is the SHA-256 of the canonical request, which stays the same.
        text = "\\n".join(["%s", env["T"], scope,
            "%s"])
        key = ("TC3" + env["TENCENTCLOUD_SECRET_KEY"]).encode()
        for part in scope.split("/") + [text]:
            key = hmac.new(key, part.encode(), "sha256").digest()
        print("%s Credential=" + env["TENCENTCLOUD_SECRET_ID"] + "/" + scope
            + ", SignedHeaders=%s, Signature=" + key.hex())
        ')
        """
            .formatted(
                timestamp(timestamp),
                parts[1],
                parts[2],
                SignatureV3.ALGORITHM,
                SignatureV3.sha256(canonicalRequest.getBytes(StandardCharsets.UTF_8)),
                SignatureV3.ALGORITHM,
                String.join(";", signedHeaders));
    String headers =
        request.headers().stream().map(CurlCommand::v3Header).collect(Collectors.joining());
    String body =
        request.body().length == 0 ? "" : " \\\n  --data-binary " + quoted(request.bodyText());
    return Optional.of(sign + "curl -sS -i " + quoted(base + request.target()) + headers + body);
  }

  private static String v3Header(Header header) {
    return " \\\n  -H "
        + switch (header.name()) {
          case "Authorization" -> "\"Authorization: $AUTHORIZATION\"";
          case "X-TC-Timestamp" -> "\"X-TC-Timestamp: $T\"";
          case "X-TC-Token" -> "\"X-TC-Token: $TENCENTCLOUD_TOKEN\"";
          default -> quoted(header.name() + ": " + header.value());
        };
  }

  private Optional<String> v1() {
    boolean get = request.body().length == 0;
    String encoded = get ? request.query() : request.bodyText();
    List<Parameter> parameters = parameters(encoded);
    String timestamp = value(parameters, "Timestamp");
    String method = value(parameters, "SignatureMethod");
    SignatureMethod signatureMethod =
        method.equals(SignatureMethod.HMAC_SHA256.documentedName())
            ? SignatureMethod.HMAC_SHA256
            : SignatureMethod.HMAC_SHA1;
    String host = request.header("Host").orElse("");
    boolean valid =
        value(parameters, "SecretId").equals(key.secretId())
            && value(parameters, "Token").equals(key.token().orElse(""))
            && timestamp.matches("\\d{1,12}")
            && (get || request.query().isEmpty())
            && value(parameters, "Signature")
                .equals(
                    SignatureV1.signature(
                        signatureMethod,
                        key.secretKey(),
                        SignatureV1.stringToSign(request.method(), host, parameters)));
    if (!valid) {
      return Optional.empty();
    }
    List<Parameter> variables =
        parameters.stream()
            .map(p -> new Parameter(p.name(), variable(p.name()).orElse(quotable(p.value()))))
            .toList();
    String sign =
        """
        %s
        SIGNATURE=$(TEXT='%s' python3 -c '
        import base64, hmac, os, urllib.parse
        key = os.environ["TENCENTCLOUD_SECRET_KEY"].encode()
        signature = hmac.new(key, os.environ["TEXT"].encode(), "%s").digest()
        print(urllib.parse.quote(base64.b64encode(signature), safe=""))
        ')
        %s\
        """
            .formatted(
                timestamp(timestamp),
                SignatureV1.stringToSign(request.method(), host, variables),
                signatureMethod == SignatureMethod.HMAC_SHA256 ? "sha256" : "sha1",
                key.token().isPresent() ? ENCODE_TOKEN : "");
    String fresh =
        Stream.of(encoded.split("&", -1))
            .map(pair -> pair.split("=", 2))
            .map(pair -> pair[0] + "=" + encodedVariable(pair[0]).orElse(quotable(pair[1])))
            .collect(Collectors.joining("&", "'", "'"));
    String headers =
        request.headers().stream()
            .map(header -> " \\\n  -H " + quoted(header.name() + ": " + header.value()))
            .collect(Collectors.joining());
    return Optional.of(
        sign
            + "curl -sS -i "
            + (get ? quoted(base + "/?") + fresh : quoted(base + "/") + " \\\n  --data " + fresh)
            + headers);
  }

  private static List<Parameter> parameters(String encoded) {
    return Stream.of(encoded.split("&", -1))
        .map(pair -> pair.split("=", 2))
        .filter(pair -> pair.length == 2)
        .map(pair -> new Parameter(decoded(pair[0]), decoded(pair[1])))
        .toList();
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private static String value(List<Parameter> parameters, String name) {
    return parameters.stream()
        .filter(p -> p.name().equals(name))
        .map(Parameter::value)
        .findFirst()
        .orElse("");
  }

  /** Returns the shell variable with a parameter's fresh value, outside the quotes around it. */
  private static Optional<String> variable(String name) {
    return Optional.ofNullable(VARIABLES.get(name)).map(variable -> "'\"$" + variable + "\"'");
  }

  private static Optional<String> encodedVariable(String name) {
    return name.equals("Token") ? Optional.of("'\"$TOKEN\"'") : variable(name);
  }

  /**
   * Returns the assignment of T: the current time, plus the intended clock difference of the
   * request.
   */
  private String timestamp(String timestamp) {
    long offset = Long.parseLong(timestamp) - sent.getEpochSecond();
    return Math.abs(offset) < DELAY
        ? "T=$(date +%s)"
        : "T=$(($(date +%%s) %s %d))".formatted(offset < 0 ? "-" : "+", Math.abs(offset));
  }

  private static String quoted(String text) {
    return "'" + quotable(text) + "'";
  }

  private static String quotable(String text) {
    return text.replace("'", "'\\''");
  }
}
