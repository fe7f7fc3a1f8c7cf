package asyncinfo.verdict;

import asyncinfo.contract.Json;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;

/**
 * All evidence of one part of a run, in a file of JSON lines. Each line is on disk before the next
 * check starts, so a run that is cut short leaves what it had found.
 */
public final class Ledger implements AutoCloseable {
  private final BufferedWriter file;
  private final List<Evidence> entries = new ArrayList<>();

  /** Opens an empty ledger; an older file at the same place is replaced. */
  public Ledger(Path path) {
    try {
      Path parent = path.toAbsolutePath().getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      file = Files.newBufferedWriter(path);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write evidence to " + path, e);
    }
  }

  /** Adds a piece of evidence. */
  public synchronized void add(Evidence evidence) {
    entries.add(evidence);
    try {
      file.write(Json.mapper().writeValueAsString(evidence));
      file.newLine();
      file.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write evidence", e);
    }
  }

  /** All evidence so far about a clause of an API. */
  public synchronized List<Evidence> about(String clause, String product) {
    return entries.stream()
        .filter(e -> e.clause().equals(clause) && e.product().equals(product))
        .toList();
  }

  /**
   * Reads all ledgers of a folder. A last line that a crash cut short is left out.
   *
   * @return no evidence when the folder is absent
   */
  public static List<Evidence> readAll(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    List<Evidence> all = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path path : files.filter(f -> f.toString().endsWith(".jsonl")).sorted().toList()) {
        List<String> lines = Files.readAllLines(path);
        for (int i = 0; i < lines.size(); i++) {
          try {
            all.add(Json.mapper().readValue(lines.get(i), Evidence.class));
          } catch (JacksonException e) {
            if (i < lines.size() - 1) {
              throw new IllegalStateException(
                  path + ":" + (i + 1) + ": not evidence: " + Json.problem(e), e);
            }
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read evidence in " + folder, e);
    }
    return all;
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
