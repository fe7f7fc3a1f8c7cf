package asyncinfo.config;

import asyncinfo.client.Credentials;
import asyncinfo.client.CredentialsFile;
import asyncinfo.endpoint.NameSuggestion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The keys that sign: from the environment or from the SDKs' credentials file, nowhere else. */
final class CredentialSettings {
  static final String SECOND_SECRET_ID = "TENCENTCLOUD_SECOND_SECRET_ID";
  static final String SECOND_SECRET_KEY = "TENCENTCLOUD_SECOND_SECRET_KEY";
  static final String SECOND_TOKEN = "TENCENTCLOUD_SECOND_TOKEN";

  private static final String SECRET_ID = Credentials.SECRET_ID_VARIABLE;
  private static final String SECRET_KEY = Credentials.SECRET_KEY_VARIABLE;
  private static final String TOKEN = Credentials.TOKEN_VARIABLE;

  /** The environment variables, each holding a part of a key. */
  static final List<String> VARIABLES =
      List.of(SECRET_ID, SECRET_KEY, TOKEN, SECOND_SECRET_ID, SECOND_SECRET_KEY, SECOND_TOKEN);

  private final SettingSources sources;
  private final SettingValues values;

  CredentialSettings(SettingSources sources, SettingValues values) {
    this.sources = sources;
    this.values = values;
  }

  /** Returns whether a name, however it is spelt, is that of a part of a key. */
  static boolean isSecret(String name) {
    String letters = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
    return List.of("secretid", "secretkey")
            .contains(letters.replace("tencentcloud", "").replace("second", ""))
        || List.of("tencentcloudtoken", "tencentcloudsecondtoken").contains(letters);
  }

  /** Adds a problem for each variable that resembles one of a key. */
  void rejectMisspeltVariables() {
    sources.environment().keySet().stream()
        .filter(name -> name.startsWith("TENCENT") && !VARIABLES.contains(name))
        .filter(name -> NameSuggestion.of(name, VARIABLES).isPresent())
        .sorted()
        .forEach(name -> values.reject(SettingSources.unknownVariable(name, VARIABLES)));
  }

  /** Returns the key that signs; an empty one, and a problem, where there is none. */
  Credentials first() {
    return ofEnvironment(SECRET_ID, SECRET_KEY, TOKEN).orElseGet(this::ofFile);
  }

  /** Returns the key of a second account; empty where none is set. */
  Optional<Credentials> second() {
    Optional<Credentials> second = ofEnvironment(SECOND_SECRET_ID, SECOND_SECRET_KEY, SECOND_TOKEN);
    if (second.isPresent() && second.get().secretId().equals(variable(SECRET_ID))) {
      values.reject(SECOND_SECRET_ID + " equals " + SECRET_ID + "; set another account's");
    }
    return second;
  }

  private String variable(String name) {
    return sources.environment().getOrDefault(name, "").strip();
  }

  private Optional<Credentials> ofEnvironment(String idName, String keyName, String tokenName) {
    if (variable(idName).isEmpty() && variable(keyName).isEmpty()) {
      return Optional.empty();
    }
    for (String name : List.of(idName, keyName)) {
      if (variable(name).isEmpty()) {
        values.reject(
            "%s is not set in the environment, but %s is; requests to staging must be signed"
                .formatted(name, name.equals(idName) ? keyName : idName));
      }
    }
    for (String name : List.of(idName, keyName, tokenName)) {
      if (variable(name).matches("(?s).*[\\s\\p{Cntrl}].*")) {
        values.reject(name + " contains white space");
      }
    }
    return Optional.of(
        new Credentials(
            variable(idName),
            variable(keyName),
            Optional.of(variable(tokenName)).filter(token -> !token.isEmpty())));
  }

  private Credentials ofFile() {
    Optional<Path> ofUser = ofUser();
    Optional<Path> file =
        ofUser
            .filter(Files::exists)
            .or(() -> Optional.of(Path.of("/etc/tencentcloud/credentials")).filter(Files::exists));
    if (file.isEmpty()) {
      values.reject(
          "no credentials: requests to staging must be signed; set %s and %s in the environment%s"
              .formatted(
                  SECRET_ID, SECRET_KEY, ofUser.map(path -> ", or write " + path).orElse("")));
      return new Credentials("", "");
    }
    try {
      Map<String, Credentials> profiles = CredentialsFile.read(file.get());
      if (profiles.containsKey(CredentialsFile.DEFAULT_PROFILE)) {
        return profiles.get(CredentialsFile.DEFAULT_PROFILE);
      }
      values.reject(
          "credentials: %s has no [%s] profile"
              .formatted(file.get(), CredentialsFile.DEFAULT_PROFILE));
    } catch (IOException e) {
      values.reject("credentials: " + e.getMessage());
    }
    return new Credentials("", "");
  }

  /** Returns the user's file; empty where the JVM knows no home folder. */
  private Optional<Path> ofUser() {
    return Optional.ofNullable(sources.properties().get("user.home"))
        .filter(home -> !home.isBlank() && !home.equals("?"))
        .map(home -> Path.of(home, ".tencentcloud", "credentials"));
  }
}
