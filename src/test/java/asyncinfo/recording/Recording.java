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
 * What one run asked of one API and what it was told, without secrets, and with aliases in place of
 * what differs from run to run. {@code schemas/report/recording.schema.json} says in which form.
 *
 * @param head what is known of the run
 * @param requests the requests, in an order that does not depend on the run
 */
public record Recording(Head head, List<RecordedRequest> requests) {
  /** The form in which this harness writes and reads recordings. */
  public static final int FORMAT = 1;

  private static final String SCHEMA = "report/recording.schema.json";
  private static final String REQUESTS = "requests";

  /**
   * What is known of a run beside what was said in it.
   *
   * @param format the version of the form
   * @param recorded when the run began, in ISO 8601, UTC
   * @param finished whether suites and simulations had their turn
   * @param harness the version of the harness
   * @param contract the hash of the contract that the endpoint was judged by
   * @param product the product
   * @param version its version
   * @param action the action
   * @param endpoint the base URL
   * @param host the Host header
   * @param region the region
   * @param clause the glob that the run was narrowed with
   * @param loadTestBlockedBy why no load was sent; empty where it was allowed
   * @param fixtures which arguments bring about which clause
   * @param verdicts the verdict on each clause that the run was about, in the order of the pages
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

    /** When the run began. */
    public Instant when() {
      return Instant.parse(recorded);
    }

    /** The same with other fixtures. */
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
   * A request, and what came of it each time that it was sent, in order.
   *
   * @param format the shape of the call
   * @param mutation how the request differs from a good one
   * @param parameter what the mutation works on
   * @param arguments the action's own parameters
   * @param testCase who asked
   * @param exchanges what was sent and came back
   */
  public record RecordedRequest(
      String format,
      String mutation,
      String parameter,
      Map<String, String> arguments,
      String testCase,
      List<RecordedExchange> exchanges) {

    /** The request as a case puts it to an API. */
    public RequestKey requestKey(String product) {
      return new RequestKey(product, format, mutation, parameter, arguments, testCase);
    }
  }

  /** The recording as JSON; what was said comes last. */
  ObjectNode json() {
    ObjectNode json = Json.mapper().valueToTree(head);
    json.set(REQUESTS, Json.mapper().valueToTree(requests));
    return json;
  }

  /**
   * Reads a recording.
   *
   * @throws IOException one line that names the file and what is wrong with it
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
   * Reads what is known of the run, and nothing behind it.
   *
   * @throws IOException one line that names the file and what is wrong with it
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
