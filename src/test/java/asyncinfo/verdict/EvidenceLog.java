package asyncinfo.verdict;

import asyncinfo.contract.JsonLines;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * All evidence of one part of a run, in a file of JSON lines. Each line is on disk before the next
 * check starts, so a run that is cut short leaves what it had found.
 */
public final class EvidenceLog implements AutoCloseable {
  private static final String WHAT = "evidence";

  private final JsonLines<Evidence> file;
  private final List<Evidence> entries = new ArrayList<>();

  /** Opens an empty ledger; an older file at the same place is replaced. */
  public EvidenceLog(Path path) {
    file = new JsonLines<>(path, WHAT);
  }

  /** Adds a piece of evidence. */
  public synchronized void add(Evidence evidence) {
    entries.add(evidence);
    file.add(evidence);
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
        all.addAll(JsonLines.read(path, WHAT, Evidence.class));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read evidence in " + folder, e);
    }
    return all;
  }

  @Override
  public void close() {
    file.close();
  }
}
