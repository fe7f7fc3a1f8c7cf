package asyncinfo.recording;

import asyncinfo.contract.Json;
import asyncinfo.contract.Specification;
import asyncinfo.recording.Recording.Head;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.ObjectWriter;

/** A folder of recordings: a folder for each run, named by its date, with a file for each API. */
public final class Recordings {
  private static final String SUFFIX = ".json";

  /** Writer of one line per value, so that recordings can be compared line by line. */
  private static final ObjectWriter PRETTY =
      Json.mapper()
          .writer()
          .with(
              new DefaultPrettyPrinter()
                  .withObjectIndenter(new DefaultIndenter("  ", "\n"))
                  .withArrayIndenter(new DefaultIndenter("  ", "\n")));

  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Recordings() {}

  /**
   * Checks that recordings can be written to a folder.
   *
   * @throws IOException one line with the reason if they cannot
   */
  public static void prepare(Path folder) throws IOException {
    for (Path each = folder.toAbsolutePath(); each != null; each = each.getParent()) {
      if (Files.exists(each) && !Files.isDirectory(each)) {
        throw new IOException(each + " is a file; name a folder");
      }
    }
    try {
      Files.createDirectories(folder);
      Files.delete(Files.createTempFile(folder, "recording", ".tmp"));
    } catch (IOException e) {
      throw new IOException("cannot write to " + folder, e);
    }
  }

  /**
   * Writes the recordings of a run to a new folder beside earlier ones, each named by its API.
   *
   * @return the new folder
   */
  public static Path keep(Path folder, List<Recording> run, Specification specification)
      throws IOException {
    Path own = newFolder(folder, run.get(0).head().when());
    for (Recording recording : run) {
      Files.writeString(
          own.resolve(specification.api(recording.head().folder()).orElseThrow().id() + SUFFIX),
          PRETTY.writeValueAsString(recording.json()) + "\n");
    }
    return own;
  }

  private static Path newFolder(Path folder, Instant recorded) throws IOException {
    Files.createDirectories(folder);
    String name = NAME.format(recorded);
    for (int number = 1; ; number++) {
      Path own = folder.resolve(number == 1 ? name : name + "-" + number);
      try {
        return Files.createDirectory(own);
      } catch (FileAlreadyExistsException e) {
        // Another run began in the same second: its recordings stay.
      }
    }
  }

  /**
   * Reads the recordings of one run.
   *
   * @param path its folder, a file in it, or a folder of runs, of which the latest is read
   * @throws IOException one line that names the file and the problem
   */
  public static List<Recording> read(Path path, Specification specification) throws IOException {
    List<Recording> run = new ArrayList<>();
    for (Path file : Files.isRegularFile(path) ? List.of(path) : filesOfLatest(path)) {
      run.add(Recording.read(file, specification));
    }
    return run;
  }

  private static List<Path> filesOfLatest(Path path) throws IOException {
    List<Path> files = files(path);
    if (!files.isEmpty()) {
      return files;
    }
    Optional<Path> latest = Optional.empty();
    Instant when = Instant.MIN;
    for (Path run : runs(path)) {
      Instant began = Recording.head(files(run).get(0)).when();
      if (!began.isBefore(when)) {
        latest = Optional.of(run);
        when = began;
      }
    }
    return files(latest.orElseThrow(() -> new IOException(path + " has no recording in it")));
  }

  /**
   * Returns the metadata of all runs in a folder, or of the run with the given folder or file.
   *
   * @throws IOException one line that names the file and the problem
   */
  public static List<Head> heads(Path path) throws IOException {
    List<Path> files = new ArrayList<>(Files.isRegularFile(path) ? List.of(path) : files(path));
    if (files.isEmpty()) {
      for (Path run : runs(path)) {
        files.addAll(files(run));
      }
    }
    List<Head> heads = new ArrayList<>();
    for (Path file : files) {
      heads.add(Recording.head(file));
    }
    return heads;
  }

  /** Returns the folders that contain recordings, by name. */
  private static List<Path> runs(Path folder) throws IOException {
    List<Path> runs = new ArrayList<>();
    try (Stream<Path> all = Files.list(folder)) {
      for (Path each : all.filter(Files::isDirectory).sorted().toList()) {
        if (!files(each).isEmpty()) {
          runs.add(each);
        }
      }
    }
    return runs;
  }

  private static List<Path> files(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new IOException("there is no folder " + folder);
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(f -> f.toString().endsWith(SUFFIX) && Files.isRegularFile(f))
          .sorted(Comparator.comparing(Path::toString))
          .toList();
    }
  }
}
