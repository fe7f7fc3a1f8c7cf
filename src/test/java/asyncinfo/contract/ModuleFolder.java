package asyncinfo.contract;

import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Map;
import java.util.Optional;

/**
 * The folder of this Maven module, on which all paths of the harness depend, and the folder in
 * which the user typed the command, from which the relative paths of settings start. The two differ
 * in {@code mvn -f harness/pom.xml} and in a build of several modules.
 */
public final class ModuleFolder {
  /**
   * System property with the folder in which the user typed the command. The build sets it for the
   * JVMs that it forks; in Maven's own JVM that folder is the working directory.
   */
  public static final String USER_FOLDER = "conformance.user.folder";

  private static final String POM = "pom.xml";

  private ModuleFolder() {}

  /** Returns a path below the folder of this module. */
  public static Path resolve(String first, String... more) {
    return find().resolve(Path.of(first, more));
  }

  /**
   * Returns the absolute path of the folder in which the user typed the command.
   *
   * @param properties the system properties
   */
  public static Path ofUser(Map<String, String> properties) {
    return Path.of(properties.getOrDefault(USER_FOLDER, properties.getOrDefault("user.dir", "")))
        .toAbsolutePath();
  }

  /**
   * Surefire and Failsafe set {@code basedir}. Elsewhere the module is where these classes come
   * from; a package without a module works in the working directory.
   */
  private static Path find() {
    return Optional.ofNullable(System.getProperty("basedir"))
        .map(Path::of)
        .or(() -> of(ModuleFolder.class))
        .orElse(Path.of(""))
        .toAbsolutePath();
  }

  /** Returns the module whose classes a class is one of; empty where there is no module. */
  static Optional<Path> of(Class<?> type) {
    return Optional.ofNullable(type.getProtectionDomain().getCodeSource())
        .map(CodeSource::getLocation)
        .flatMap(ModuleFolder::path)
        .flatMap(ModuleFolder::withPom);
  }

  private static Optional<Path> path(URL location) {
    try {
      return Optional.of(Path.of(location.toURI()));
    } catch (URISyntaxException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Returns the nearest folder around a path that has a pom.xml. */
  static Optional<Path> withPom(Path path) {
    for (Path each = path.toAbsolutePath(); each != null; each = each.getParent()) {
      if (Files.isRegularFile(each.resolve(POM))) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }
}
