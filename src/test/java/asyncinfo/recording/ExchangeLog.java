package asyncinfo.recording;

import asyncinfo.contract.JsonLines;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A log of the requests and responses of the suites, as JSON lines in the evidence folder. Each
 * line is written before the next request, so an interrupted run keeps all earlier lines.
 */
public final class ExchangeLog implements AutoCloseable {
  private static final String FILE = "suites.exchanges";

  private static final String DESCRIPTION = "exchanges";

  private final JsonLines<Line> file;

  /**
   * A line of the log.
   *
   * @param began the start time of the run, in ISO 8601; on the first line only
   * @param requestKey the request and its test case
   * @param shared true if all test cases share the response
   * @param exchange the request and its response; absent on the line that marks the last response
   *     as accepted
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Line(String began, RequestKey requestKey, boolean shared, RecordedExchange exchange) {}

  /** Opens an empty log and replaces an older one in the same folder. */
  public ExchangeLog(Path folder, Instant began) {
    file = new JsonLines<>(folder.resolve(FILE), DESCRIPTION);
    file.add(new Line(began.toString(), null, false, null));
  }

  /** Logs a request of a test case and its result. */
  public void sent(RequestKey requestKey, boolean shared, RecordedExchange exchange) {
    file.add(new Line(null, requestKey, shared, exchange));
  }

  /** Logs that the last response to a request was accepted. */
  public void answered(RequestKey requestKey, boolean shared) {
    file.add(new Line(null, requestKey, shared, null));
  }

  /** Returns the start time of the run in a folder; empty without a log. */
  public static Optional<Instant> began(Path folder) {
    return read(folder).stream().findFirst().map(line -> Instant.parse(line.began()));
  }

  /** Returns the lines of the log in a folder; none without a log. Skips a truncated last line. */
  static List<Line> read(Path folder) {
    return JsonLines.read(folder.resolve(FILE), DESCRIPTION, Line.class);
  }

  @Override
  public void close() {
    file.close();
  }
}
