package asyncinfo.selftest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Links this compiled project into a separate folder for the files that a forked Maven writes. */
final class LinkedProject {
  private static final List<String> PARTS =
      List.of("pom.xml", ".mvn", "src", "schemas", "stubs", "simulations", "target/test-classes");

  private LinkedProject() {}

  /** Clears a folder and links the parts of the project into it. */
  static void make(Path folder) throws IOException {
    clear(folder);
    Files.createDirectories(folder.resolve("target"));
    for (String part : PARTS) {
      Files.createSymbolicLink(folder.resolve(part), Path.of(part).toAbsolutePath());
    }
  }

  /** Returns the command of the Maven that runs this test, with its local repository. */
  static List<String> maven(String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("asyncinfo.maven"), "bin", "mvn").toString(),
                "-B",
                "-Dmaven.repo.local=" + System.getProperty("asyncinfo.repository")));
    command.addAll(List.of(arguments));
    return command;
  }

  /** Deletes a folder if it exists. */
  static void clear(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
