package asyncinfo.selftest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Links this compiled project into a separate folder for the files that a forked Maven writes. */
final class LinkedProject {
  private static final List<String> PARTS =
      List.of(
          "pom.xml",
          ".ci",
          ".mvn",
          "src",
          "schemas",
          "stubs",
          "simulations",
          "target/test-classes");

  private LinkedProject() {}

  /** Clears a folder and links the parts of the project into it. */
  static void make(Path folder) throws IOException {
    clear(folder);
    Files.createDirectories(folder.resolve("target"));
    for (String part : PARTS) {
      Files.createSymbolicLink(folder.resolve(part), Path.of(part).toAbsolutePath());
    }
  }

  /** Does the same, but copies the compiled classes, for builds that may compile. */
  static void makeWithOwnClasses(Path folder) throws IOException {
    make(folder);
    Path classes = Path.of("target", "test-classes");
    Files.delete(folder.resolve(classes));
    try (Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve(file.toString()), StandardCopyOption.COPY_ATTRIBUTES);
      }
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
