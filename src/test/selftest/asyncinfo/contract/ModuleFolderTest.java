package asyncinfo.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The module's folder, wherever the JVM works. */
class ModuleFolderTest {
  @TempDir Path folder;

  @Test
  void isWhereItsClassesComeFrom() {
    assertThat(ModuleFolder.of(ModuleFolder.class)).contains(Path.of("").toAbsolutePath());
    assertThat(ModuleFolder.of(String.class)).isEmpty();
    assertThat(ModuleFolder.resolve("schemas", "common")).isAbsolute().isDirectory();
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "with space", "a#b%20c", "größe"})
  void isTheNearestFolderWithAPom(String name) throws IOException {
    Path module = Files.createDirectories(folder.resolve(name));
    Path classes = Files.createDirectories(module.resolve("target/test-classes"));
    Files.writeString(folder.resolve("pom.xml"), "<project/>");
    Files.writeString(module.resolve("pom.xml"), "<project/>");

    assertThat(ModuleFolder.withPom(classes)).contains(module);
  }

  @Test
  void tellsTheUsersFolderFromTheWorkingDirectory() {
    assertThat(ModuleFolder.ofUser(Map.of("user.dir", "/module")))
        .isEqualTo(Path.of("/module").toAbsolutePath());
    assertThat(
            ModuleFolder.ofUser(Map.of("user.dir", "/module", ModuleFolder.USER_FOLDER, "/user")))
        .isEqualTo(Path.of("/user").toAbsolutePath());
  }
}
