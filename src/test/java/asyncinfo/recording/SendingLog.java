package asyncinfo.recording;

import asyncinfo.contract.Json;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/**
 * What the suites of a run send and what comes of it, in a file of JSON lines beside the evidence.
 * Each line is on disk before the next call, so a run that is cut short leaves what it had seen.
 */
public final class SendingLog implements AutoCloseable {
  private static final String FILE = "suites.sendings";

  private final BufferedWriter file;

  /**
   * One line.
   *
   * @param began when the run began, in ISO 8601; on the first line alone
   * @param asked the question, by the case that put it
   * @param shared whether its answer serves all cases
   * @param sending what was sent and what came of it; absent on the line that says that the case
   *     took the last reply for its answer
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Line(String began, Asked asked, boolean shared, Sending sending) {}

  /** Opens an empty log; an older one in the same folder is replaced. */
  public SendingLog(Path folder, Instant began) {
    try {
      Files.createDirectories(folder);
      file = Files.newBufferedWriter(folder.resolve(FILE));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write to " + folder, e);
    }
    write(new Line(began.toString(), null, false, null));
  }

  /** Notes what was sent for a case, and what came of it. */
  public void sent(Asked asked, boolean shared, Sending sending) {
    write(new Line(null, asked, shared, sending));
  }

  /** Notes that what was sent last for a case is its answer. */
  public void answered(Asked asked, boolean shared) {
    write(new Line(null, asked, shared, null));
  }

  private synchronized void write(Line line) {
    try {
      file.write(Json.mapper().writeValueAsString(line));
      file.newLine();
      file.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write what was sent", e);
    }
  }

  /** When the run of a folder began; empty where it left no log. */
  public static Optional<Instant> began(Path folder) {
    return read(folder).stream().findFirst().map(line -> Instant.parse(line.began()));
  }

  /**
   * The lines of a folder; none where there is no log. A last line that was cut short is left out.
   */
  static List<Line> read(Path folder) {
    Path path = folder.resolve(FILE);
    List<Line> lines = new ArrayList<>();
    try {
      List<String> texts = Files.exists(path) ? Files.readAllLines(path) : List.of();
      for (String text : texts) {
        boolean last = lines.size() == texts.size() - 1;
        line(path, text, last).ifPresent(lines::add);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + path, e);
    }
    return lines;
  }

  private static Optional<Line> line(Path path, String text, boolean last) {
    try {
      return Optional.of(Json.mapper().readValue(text, Line.class));
    } catch (JacksonException e) {
      if (last) {
        return Optional.empty();
      }
      throw new IllegalStateException(path + ": " + Json.problem(e), e);
    }
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
