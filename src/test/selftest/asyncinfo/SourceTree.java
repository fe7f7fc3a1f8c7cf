package asyncinfo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The Java sources of this project, by what they are for. */
final class SourceTree {
  private static final Path SELF_TESTS = Path.of("src", "test", "selftest");
  private static final List<Path> PRODUCT =
      List.of(Path.of("src", "test", "java"), Path.of("simulations"));

  private SourceTree() {}

  /** Returns the sources of the harness, its suites and its simulations. */
  static List<Path> product() {
    return PRODUCT.stream().flatMap(SourceTree::sources).toList();
  }

  /** Returns the sources of everything that tests the harness. */
  static List<Path> selfTests() {
    return sources(SELF_TESTS).toList();
  }

  /** Returns whether a top-level class, by its full name, belongs to the harness. */
  static boolean isProduct(String topLevelClass) {
    String file = topLevelClass.replace('.', '/') + ".java";
    return PRODUCT.stream().anyMatch(root -> Files.exists(root.resolve(file)));
  }

  private static Stream<Path> sources(Path root) {
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(f -> f.toString().endsWith(".java")).sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
