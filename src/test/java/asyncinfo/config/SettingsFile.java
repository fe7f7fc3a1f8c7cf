package asyncinfo.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/**
 * Reads a file of settings: HOCON, JSON ({@code .json}) or Java properties ({@code .properties}).
 */
final class SettingsFile {
  private SettingsFile() {}

  /**
   * Reads the settings of a file as text, by name; a list becomes its members with commas between.
   *
   * @throws IOException one line that names the file and the problem
   */
  static Map<String, String> read(Path file) throws IOException {
    String text;
    try {
      text = Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new IOException(file + " does not exist", e);
    } catch (MalformedInputException e) {
      throw new IOException(file + " is not UTF-8 text", e);
    } catch (IOException e) {
      throw new IOException("cannot read " + file, e);
    }
    return file.toString().endsWith(".properties") ? properties(file, text) : hocon(file, text);
  }

  private static Map<String, String> properties(Path file, String text) throws IOException {
    Properties properties = new Properties();
    try {
      properties.load(new StringReader(text));
    } catch (IllegalArgumentException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
    Map<String, String> values = new LinkedHashMap<>();
    properties.stringPropertyNames().stream()
        .sorted()
        .forEach(name -> values.put(name, properties.getProperty(name).strip()));
    return values;
  }

  private static Map<String, String> hocon(Path file, String text) throws IOException {
    Map<String, String> values = new LinkedHashMap<>();
    try {
      Config config =
          ConfigFactory.parseString(
                  quotingTruststorePassword(text),
                  ConfigParseOptions.defaults()
                      .setSyntax(
                          file.toString().endsWith(".json") ? ConfigSyntax.JSON : ConfigSyntax.CONF)
                      .setOriginDescription(file.toString()))
              .resolve();
      for (Map.Entry<String, ConfigValue> entry : config.entrySet()) {
        values.put(
            String.join(".", ConfigUtil.splitPath(entry.getKey())), textOf(entry.getValue()));
      }
    } catch (ConfigException e) {
      throw new IOException(e.getMessage().lines().findFirst().orElse(file.toString()), e);
    }
    return values;
  }

  /**
   * Quotes the name of the truststore's password: HOCON allows no value at a path that has another
   * one below it.
   */
  private static String quotingTruststorePassword(String text) {
    return text.replaceAll(
        "(?m)^(\\s*)truststore\\.password(\\s*[:=])", "$1\"truststore.password\"$2");
  }

  private static String textOf(ConfigValue value) {
    return value.valueType() == ConfigValueType.LIST
        ? ((List<?>) value.unwrapped())
            .stream().map(String::valueOf).collect(Collectors.joining(","))
        : String.valueOf(value.unwrapped()).strip();
  }
}
