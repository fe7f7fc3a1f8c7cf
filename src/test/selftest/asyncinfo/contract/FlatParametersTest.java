package asyncinfo.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Arrays and objects in queries and forms. */
class FlatParametersTest {
  private static final JsonNode SCHEMA =
      Json.read(
          """
          {
            "Ids": { "type": "array", "items": { "type": "string" } },
            "Counts": { "type": ["array", "null"], "items": { "type": "integer" } },
            "Filters": {
              "type": "array",
              "items": {
                "type": "object",
                "properties": {
                  "Name": { "type": "string" },
                  "Values": { "type": "array", "items": { "type": "string" } }
                }
              }
            },
            "Page": { "type": "object", "properties": { "Size": { "type": "integer" } } },
            "Verbose": { "type": "boolean" },
            "Rate": { "type": "number" }
          }
          """);

  private static JsonNode nest(String query) {
    Map<String, String> flat = new LinkedHashMap<>();
    for (String pair : query.split("&", -1)) {
      flat.put(pair.split("=", 2)[0], pair.split("=", 2)[1]);
    }
    return FlatParameters.nest(flat, SCHEMA);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "Ids.0=a&Ids.1=b | {\"Ids\":[\"a\",\"b\"]}",
        "Counts.0=1&Counts.1=2 | {\"Counts\":[1,2]}",
        "Filters.0.Name=x&Filters.0.Values.0=y&Filters.1.Name=z |"
            + " {\"Filters\":[{\"Name\":\"x\",\"Values\":[\"y\"]},{\"Name\":\"z\"}]}",
        "Page.Size=3&Verbose=true&Rate=1.5 |"
            + " {\"Page\":{\"Size\":3},\"Verbose\":true,\"Rate\":1.5}",
      })
  void nestsWhatItFlattens(String query, String json) {
    JsonNode nested = nest(query);
    StringBuilder flat = new StringBuilder();
    nested
        .properties()
        .forEach(
            p ->
                FlatParameters.flatten(p.getKey(), p.getValue())
                    .forEach((name, value) -> flat.append("&" + name + "=" + Json.text(value))));

    assertThat(nested).isEqualTo(nest(query)).hasToString(json);
    assertThat(flat.substring(1)).isEqualTo(query);
  }

  @Test
  void keepsTextsOfOtherTypesAndUnknownNames() {
    assertThat(nest("Page.Size=x&Verbose=2&Rate=y&Other.0=z&Other=w"))
        .hasToString(
            "{\"Page\":{\"Size\":\"x\"},\"Verbose\":\"2\",\"Rate\":\"y\",\"Other.0\":\"z\","
                + "\"Other\":\"w\"}");
  }
}
