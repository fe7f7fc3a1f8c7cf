package asyncinfo.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests that the credentials file is read as the SDKs read it. */
class CredentialsFileTest {
  @TempDir Path folder;

  @Test
  void readsEachProfile() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("credentials"),
            """
            ; keys of two accounts
            [default]
            secret_id = AKIDone
            secret_key = k1==

            [temporary]
            secret_id=AKIDtwo
            secret_key=k2
            token=t2
            """);

    assertThat(CredentialsFile.read(file))
        .containsExactly(
            Map.entry("default", new Credentials("AKIDone", "k1==")),
            Map.entry("temporary", new Credentials("AKIDtwo", "k2", Optional.of("t2"))));
  }

  @Test
  void readsTheFileThatItWrote() throws Exception {
    Map<String, Credentials> keys = new LinkedHashMap<>();
    keys.put(CredentialsFile.DEFAULT_PROFILE, new Credentials("AKIDone", "k#1;"));
    keys.put("other.one", new Credentials("AKIDtwo", "k2", Optional.of("t2")));
    Path file = folder.resolve("credentials");

    CredentialsFile.write(file, keys);

    assertThat(CredentialsFile.read(file)).isEqualTo(keys);
    assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({
    "'[default]\nsecret_id = AKIDone', ': [default] has no secret_key'",
    "'[default]\nsecret_id =\nsecret_key = canary', ': [default] has no secret_id'",
    "'secret_id = canary', ': a line stands before the first [profile]'",
    "'', ': no [profile] with secret_id and secret_key'"
  })
  void reportsTheProblemWithoutSecrets(String text, String line) throws Exception {
    Path file = Files.writeString(folder.resolve("credentials"), text);

    assertThatThrownBy(() -> CredentialsFile.read(file))
        .isInstanceOf(IOException.class)
        .hasMessage(file + line);
  }

  @Test
  void reportsAMissingFile() {
    Path file = folder.resolve("none");

    assertThatThrownBy(() -> CredentialsFile.read(file))
        .hasMessage(file + ": there is no such file");
  }
}
