package asyncinfo.selftest;

import asyncinfo.client.Credentials;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The package that {@code mvn gatling:enterprisePackage} builds, in an environment with secrets.
 */
final class GatlingPackage {
  static final Credentials CANARY =
      new Credentials(
          "AKIDcanaryThePackage00000000000000000",
          "canaryKeyOfThePackage0123456789",
          Optional.of("canaryToken/of+the=package"));

  private static final Path FOLDER = Path.of("target", "selftest", "package").toAbsolutePath();

  /** Libraries of the self-tests and the suites, which Gatling's engine does not have. */
  private static final String[] EXCLUDED = {
    "junit",
    "assertj",
    "archunit",
    "wiremock",
    "rest-assured",
    "groovy",
    "hamcrest",
    "picocli",
    "tencentcloud",
    "surefire",
    "httpclient",
    "httpcore",
    "bucket4j",
    "resilience4j",
    "guava",
    "failureaccess"
  };

  private static GatlingPackage built;

  private final Path jar;

  private GatlingPackage(Path jar) {
    this.jar = jar;
  }

  /** Returns the package; builds it at the first call. */
  static synchronized GatlingPackage get() throws Exception {
    if (built == null) {
      built = build();
    }
    return built;
  }

  /**
   * Builds the package from compiled classes, because the forked build must not change files that
   * other tests use. In a first build Maven may have to download Gatling's plugin.
   */
  private static GatlingPackage build() throws Exception {
    LinkedProject.make(FOLDER);
    Path console = FOLDER.resolve("console.log");
    ProcessBuilder builder =
        new ProcessBuilder(
                LinkedProject.maven(
                    "-Dmaven.test.skip=true",
                    "-Denforcer.skip=true",
                    "-Pdistributed",
                    "gatling:enterprisePackage"))
            .directory(FOLDER.toFile())
            .redirectErrorStream(true)
            .redirectOutput(console.toFile());
    builder.environment().put("TENCENTCLOUD_SECRET_ID", CANARY.secretId());
    builder.environment().put("TENCENTCLOUD_SECRET_KEY", CANARY.secretKey());
    builder.environment().put("TENCENTCLOUD_TOKEN", CANARY.token().orElseThrow());
    Process maven = builder.start();
    if (!maven.waitFor(3, TimeUnit.MINUTES) || maven.exitValue() != 0) {
      maven.destroyForcibly();
      throw new IOException("no package was built: " + Files.readString(console));
    }
    try (Stream<Path> files = Files.list(FOLDER.resolve("target"))) {
      return new GatlingPackage(
          files.filter(f -> f.toString().endsWith("-shaded.jar")).findFirst().orElseThrow());
    }
  }

  /** Opens the package. */
  JarFile open() throws IOException {
    return new JarFile(jar.toFile());
  }

  /** Returns the names of its files. */
  Set<String> files() throws IOException {
    try (JarFile file = open()) {
      return file.stream()
          .filter(entry -> !entry.isDirectory())
          .map(entry -> entry.getName())
          .collect(Collectors.toCollection(LinkedHashSet::new));
    }
  }

  /** Returns a class path of the package and Gatling's libraries, without those in the package. */
  String classPath() throws IOException {
    Set<String> files = files();
    StringBuilder path = new StringBuilder(jar.toString());
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      String name = Path.of(entry).getFileName().toString();
      if (name.endsWith(".jar")
          && Arrays.stream(EXCLUDED).noneMatch(name::contains)
          && !isIn(files, Path.of(entry))) {
        path.append(File.pathSeparatorChar).append(entry);
      }
    }
    return path.toString();
  }

  private static boolean isIn(Set<String> files, Path library) throws IOException {
    try (JarFile file = new JarFile(library.toFile())) {
      List<String> classes =
          file.stream()
              .map(entry -> entry.getName())
              .filter(name -> name.endsWith(".class") && !name.contains("module-info"))
              .toList();
      return !classes.isEmpty() && files.contains(classes.get(0));
    }
  }
}
