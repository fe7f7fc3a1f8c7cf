package asyncinfo.ratelimit;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The calls of a limit simulation: enough to judge an API again without sending anything. The file
 * of an API holds its own calls; those of the APIs that were probed with it, which may share its
 * budget, are in the files beside it.
 *
 * @param api the id of the API that the file is about
 * @param limit its documented limit
 * @param workload the size of the workload: {@code standard} or {@code extended}
 * @param began when the clock of the samples stood at zero, in ISO 8601
 * @param limitedApis all APIs that were probed concurrently
 * @param samples the calls of all of them, in order
 */
@JsonIgnoreProperties("verdict")
public record LimitLog(
    @JsonProperty("product") String api,
    Limit limit,
    @JsonProperty("protocol") String workload,
    String began,
    @JsonProperty("parties") List<LimitedApi> limitedApis,
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

  /** Returns the log of one of the APIs that were probed. */
  public static LimitLog of(
      LimitedApi limitedApi, Workload workload, String began, List<Sample> samples) {
    return new LimitLog(
        limitedApi.api(),
        new Limit(limitedApi.requests(), limitedApi.seconds()),
        workload.size().name().toLowerCase(Locale.ROOT),
        began,
        workload.limitedApis(),
        inOrder(samples.stream()));
  }

  /** Returns samples in an order that does not depend on the file that they come from. */
  private static List<Sample> inOrder(Stream<Sample> samples) {
    return samples
        .sorted(
            Comparator.comparingLong(Sample::received)
                .thenComparing(Sample::sent)
                .thenComparing(Sample::api)
                .thenComparing(Sample::connection))
        .toList();
  }

  /** Judges the calls. */
  public LimitVerdict judge() {
    return LimitClassifier.judge(limitedApis, api, samples);
  }

  /** Writes the log, with its verdict if it has one: an interrupted run has none. */
  public void write(Path file, LimitVerdict verdict) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("product", api);
    document.put("limit", limit);
    document.put("protocol", workload);
    document.put("began", began);
    document.put("parties", limitedApis);
    if (verdict != null) {
      ObjectNode node = MAPPER.valueToTree(verdict);
      node.put("sentence", verdict.sentence());
      document.put(VERDICT, node);
    }
    // Last, because whoever looks for the verdict reads no further.
    document.put("samples", samples.stream().filter(s -> s.api().equals(api)).toList());
    try (Writer out = Files.newBufferedWriter(file)) {
      MAPPER.writeValue(out, document);
    } catch (JacksonException e) {
      throw new IOException("%s: %s".formatted(file, e.getOriginalMessage()), e);
    }
  }

  /**
   * Reads the verdict that a log was written with.
   *
   * @return empty where the simulation was cut short before its verdict
   * @throws IOException with one line that says what is wrong with the file
   */
  public static Optional<LimitVerdict> readVerdict(Path file) throws IOException {
    try (JsonParser parser = MAPPER.createParser(Files.newBufferedReader(file))) {
      parser.nextToken();
      for (String name = parser.nextName(); name != null; name = parser.nextName()) {
        parser.nextToken();
        if (name.equals(VERDICT) && parser.readValueAsTree() instanceof ObjectNode verdict) {
          // Written for readers; both follow from the rest.
          verdict.remove(List.of("sentence", "power"));
          return Optional.of(MAPPER.treeToValue(verdict, LimitVerdict.class));
        }
        parser.skipChildren();
      }
      return Optional.empty();
    } catch (JacksonException e) {
      throw new IOException(
          "%s: its verdict cannot be read: %s"
              .formatted(file, e.getOriginalMessage().lines().findFirst().orElse("")),
          e);
    }
  }

  /**
   * Reads a log and the logs beside it of the other APIs that were probed.
   *
   * @throws IOException with one line that names the problem of the file
   */
  public static LimitLog read(Path file) throws IOException {
    LimitLog own = readOwn(file);
    Stream<Sample> all = own.samples().stream();
    for (LimitedApi other : own.limitedApis()) {
      // Logs of earlier revisions have the calls of all APIs.
      if (!other.api().equals(own.api())
          && own.samples().stream().noneMatch(s -> s.api().equals(other.api()))) {
        Path beside = file.resolveSibling(other.api() + ".json");
        if (!Files.exists(beside)) {
          throw new IOException(
              "%s: %s was probed with it, and %s is not there; keep the logs of a run together"
                  .formatted(file, other.api(), beside));
        }
        all = Stream.concat(all, readOwn(beside).samples().stream());
      }
    }
    return new LimitLog(
        own.api(), own.limit(), own.workload(), own.began(), own.limitedApis(), inOrder(all));
  }

  /**
   * Reads a log with the calls of its own file only.
   *
   * @throws IOException with one line that names the problem of the file
   */
  public static LimitLog readOwn(Path file) throws IOException {
    try (Reader in = Files.newBufferedReader(file)) {
      LimitLog log = MAPPER.readValue(in, LimitLog.class);
      if (log == null || log.limitedApis().stream().noneMatch(p -> p.api().equals(log.api()))) {
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
