package asyncinfo.recording;

import asyncinfo.contract.JsonLines;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the suites of a run send and what comes of it, in a file of JSON lines beside the evidence.
 * Each line is on disk before the next call, so a run that is cut short leaves what it had seen.
 */
public final class ExchangeLog implements AutoCloseable {
  private static final String FILE = "suites.exchanges";

  private static final String WHAT = "exchanges";

  private final JsonLines<Line> file;

  /**
   * One line.
   *
   * @param began when the run began, in ISO 8601; on the first line alone
   * @param requestKey the request, by the case that put it
   * @param shared whether its answer serves all cases
   * @param exchange what was sent and what came of it; absent on the line that says that the case
   *     took the last reply for its answer
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Line(String began, RequestKey requestKey, boolean shared, RecordedExchange exchange) {}

  /** Opens an empty log; an older one in the same folder is replaced. */
  public ExchangeLog(Path folder, Instant began) {
    file = new JsonLines<>(folder.resolve(FILE), WHAT);
    file.add(new Line(began.toString(), null, false, null));
  }

  /** Notes what was sent for a case, and what came of it. */
  public void sent(RequestKey requestKey, boolean shared, RecordedExchange exchange) {
    file.add(new Line(null, requestKey, shared, exchange));
  }

  /** Notes that what was sent last for a case is its answer. */
  public void answered(RequestKey requestKey, boolean shared) {
    file.add(new Line(null, requestKey, shared, null));
  }

  /** When the run of a folder began; empty where it left no log. */
  public static Optional<Instant> began(Path folder) {
    return read(folder).stream().findFirst().map(line -> Instant.parse(line.began()));
  }

  /**
   * The lines of a folder; none where there is no log. A last line that was cut short is left out.
   */
  static List<Line> read(Path folder) {
    return JsonLines.read(folder.resolve(FILE), WHAT, Line.class);
  }

  @Override
  public void close() {
    file.close();
  }
}
