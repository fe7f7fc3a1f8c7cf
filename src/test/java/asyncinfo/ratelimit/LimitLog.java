package asyncinfo.ratelimit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a limit simulation sent and got, in a file: enough to judge it again without sending
 * anything.
 *
 * @param product the API that the file is about
 * @param limit its limit
 * @param protocol how much was sent: {@code lean} or {@code full}
 * @param began when the clock of the samples stood at zero, in ISO 8601
 * @param limitedApis all APIs that were probed side by side
 * @param samples the calls of all of them, by the time of their reply
 */
public record LimitLog(
    String product,
    Limit limit,
    String protocol,
    String began,
    List<LimitedApi> limitedApis,
    List<Sample> samples) {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .disable(EnumFeature.WRITE_ENUMS_USING_TO_STRING)
          .disable(EnumFeature.READ_ENUMS_USING_TO_STRING)
          .build();
  private static final String VERDICT = "verdict";

  /**
   * A documented limit.
   *
   * @param requests in each period
   * @param seconds the length of a period
   */
  public record Limit(int requests, int seconds) {}

  /** The log of one of the APIs that were probed. */
  public static LimitLog of(
      LimitedApi limitedApi, Workload protocol, String began, List<Sample> samples) {
    return new LimitLog(
        limitedApi.api(),
        new Limit(limitedApi.requests(), limitedApi.seconds()),
        protocol.size().name().toLowerCase(Locale.ROOT),
        began,
        protocol.limitedApis(),
        List.copyOf(samples));
  }

  /** Judges it. */
  public LimitVerdict judge() {
    return LimitClassifier.judge(limitedApis, product, samples);
  }

  /** Writes it, with its verdict where there is one: a run that was cut short has none. */
  public void write(Path file, LimitVerdict verdict) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    ObjectNode root = MAPPER.valueToTree(this);
    if (verdict != null) {
      ObjectNode said = MAPPER.valueToTree(verdict);
      said.put("sentence", verdict.sentence());
      root.set(VERDICT, said);
    }
    Files.writeString(file, MAPPER.writeValueAsString(root));
  }

  /**
   * Reads one.
   *
   * @throws IOException with one line that says what is wrong with the file
   */
  public static LimitLog read(Path file) throws IOException {
    try {
      JsonNode root = MAPPER.readTree(Files.readString(file));
      if (root instanceof ObjectNode object) {
        object.remove(VERDICT);
      }
      LimitLog log = MAPPER.treeToValue(root, LimitLog.class);
      if (log == null || log.limitedApis().stream().noneMatch(p -> p.api().equals(log.product()))) {
        throw new IOException(file + ": is no log of a limit simulation: it probed no such API");
      }
      return log;
    } catch (NoSuchFileException e) {
      throw new IOException(file + ": there is no such file; `mvn verify` writes it", e);
    } catch (JacksonException e) {
      throw new IOException(
          file
              + ": is no log of a limit simulation: "
              + e.getOriginalMessage().lines().findFirst().orElse(""),
          e);
    }
  }
}
