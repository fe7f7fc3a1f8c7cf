package asyncinfo.contract;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;

/**
 * A file of JSON lines that is written as a run goes on. Each line is on disk before the next one
 * is added, so an interrupted run leaves all lines until then.
 *
 * @param <T> the type of a line
 */
public final class JsonLines<T> implements AutoCloseable {
  private final String content;
  private final BufferedWriter file;

  /**
   * Opens an empty file; an older one at the same place is replaced.
   *
   * @param content the content of its lines, for messages, such as {@code evidence}
   */
  public JsonLines(Path path, String content) {
    this.content = content;
    try {
      Path parent = path.toAbsolutePath().getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      file = Files.newBufferedWriter(path);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write %s to %s".formatted(content, path), e);
    }
  }

  /** Adds a line. */
  public synchronized void add(T line) {
    try {
      file.write(Json.mapper().writeValueAsString(line));
      file.newLine();
      file.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + content, e);
    }
  }

  /**
   * Reads a file, without a last line that is incomplete.
   *
   * @return no lines if the file is absent
   * @throws IllegalStateException with file and line, when another line is not of this type
   */
  public static <T> List<T> read(Path path, String content, Class<T> type) {
    List<T> read = new ArrayList<>();
    try {
      List<String> lines = Files.exists(path) ? Files.readAllLines(path) : List.of();
      for (int i = 0; i < lines.size(); i++) {
        try {
          read.add(Json.mapper().readValue(lines.get(i), type));
        } catch (JacksonException e) {
          if (i < lines.size() - 1) {
            throw new IllegalStateException(
                "%s:%d: not %s: %s".formatted(path, i + 1, content, Json.problem(e)), e);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + path, e);
    }
    return read;
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
