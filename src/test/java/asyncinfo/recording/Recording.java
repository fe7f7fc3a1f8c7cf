package asyncinfo.recording;

import asyncinfo.contract.Json;
import asyncinfo.contract.Specification;
import asyncinfo.contract.Violation;
import asyncinfo.verdict.Verdict;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The requests and responses of one run and one API, without secrets, and with aliases instead of
 * values that differ from run to run. {@code schemas/report/recording.schema.json} defines the
 * format.
 *
 * @param head the metadata of the run
 * @param requests the requests, in an order that does not depend on the run
 */
public record Recording(Head head, List<RecordedRequest> requests) {
  /** The version of the format that this harness writes and reads. */
  public static final int FORMAT = 1;

  private static final String SCHEMA = "report/recording.schema.json";
  private static final String REQUESTS = "requests";

  /**
   * The metadata of a run.
   *
   * @param format the version of the format
   * @param recorded the start time of the run, in ISO 8601, UTC
   * @param finished true if suites and simulations have run
   * @param harness the version of the harness
   * @param contract the hash of the contract of the run
   * @param product the product
   * @param version its version
   * @param action the action
   * @param endpoint the base URL
   * @param host the Host header
   * @param region the region
   * @param clause the glob that restricted the run
   * @param loadTestBlockedBy the reason for which load was blocked; empty if it was allowed
   * @param fixtures the arguments that trigger each clause
   * @param verdicts the verdict on each clause of the run, in page order
   */
  public record Head(
      int format,
      String recorded,
      boolean finished,
      String harness,
      String contract,
      String product,
      String version,
      String action,
      String endpoint,
      String host,
      String region,
      String clause,
      String loadTestBlockedBy,
      Map<String, Map<String, String>> fixtures,
      Map<String, Verdict> verdicts) {

    /** Returns the folder of the API under {@code schemas/}, which names it. */
    String folder() {
      return product + "/" + version + "/" + action;
    }

    /** Returns the start time of the run. */
    public Instant when() {
      return Instant.parse(recorded);
    }

    /** Returns a copy with other fixtures. */
    Head with(Map<String, Map<String, String>> others) {
      return new Head(
          format,
          recorded,
          finished,
          harness,
          contract,
          product,
          version,
          action,
          endpoint,
          host,
          region,
          clause,
          loadTestBlockedBy,
          others,
          verdicts);
    }
  }

  /**
   * A request with its exchanges, in the order of sending.
   *
   * @param format the request format
   * @param mutation the difference from a valid request
   * @param parameter the parameter that the mutation changes
   * @param arguments the action's own parameters
   * @param testCase the test case that sent the request
   * @param exchanges the requests and responses
   */
  public record RecordedRequest(
      String format,
      String mutation,
      String parameter,
      Map<String, String> arguments,
      String testCase,
      List<RecordedExchange> exchanges) {

    /** Returns the key of the request for an API. */
    public RequestKey requestKey(String api) {
      return new RequestKey(api, format, mutation, parameter, arguments, testCase);
    }
  }

  /** Returns the recording as JSON, with the metadata before the requests. */
  ObjectNode json() {
    ObjectNode json = Json.mapper().valueToTree(head);
    json.set(REQUESTS, Json.mapper().valueToTree(requests));
    return json;
  }

  /**
   * Reads a recording.
   *
   * @throws IOException one line that names the file and the problem
   */
  static Recording read(Path file, Specification specification) throws IOException {
    Head head = head(file);
    try {
      JsonNode json = Json.read(Files.readString(file));
      List<Violation> wrong = specification.check(SCHEMA, json);
      if (!wrong.isEmpty()) {
        throw new IOException("%s is no recording: %s".formatted(file, wrong.get(0)));
      }
      List<RecordedRequest> requests =
          json.path(REQUESTS)
              .valueStream()
              .map(each -> Json.mapper().treeToValue(each, RecordedRequest.class))
              .toList();
      return new Recording(head, requests);
    } catch (JacksonException e) {
      throw new IOException(file + " is not JSON: " + Json.problem(e), e);
    }
  }

  /**
   * Reads the metadata of the run only.
   *
   * @throws IOException one line that names the file and the problem
   */
  static Head head(Path file) throws IOException {
    ObjectNode head = Json.mapper().createObjectNode();
    try (JsonParser parser = Json.mapper().createParser(file)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.PROPERTY_NAME
          && !parser.currentName().equals(REQUESTS)) {
        String name = parser.currentName();
        parser.nextToken();
        head.set(name, parser.readValueAsTree());
      }
      int format = head.path("format").asInt(0);
      if (format != FORMAT) {
        throw new IOException(
            format == 0
                ? file + " is no recording: it has no format"
                : "%s is of format %d, and this harness reads %d: record again"
                    .formatted(file, format, FORMAT));
      }
      for (RecordComponent member : Head.class.getRecordComponents()) {
        if (!head.has(member.getName())) {
          throw new IOException(
              "%s is no recording: it has no %s".formatted(file, member.getName()));
        }
      }
      Instant.parse(head.path("recorded").asString(""));
      return Json.mapper().treeToValue(head, Head.class);
    } catch (JacksonException e) {
      throw new IOException(file + " is no recording: " + Json.problem(e), e);
    } catch (DateTimeParseException e) {
      throw new IOException(file + " is no recording: recorded is no date and time", e);
    }
  }
}
