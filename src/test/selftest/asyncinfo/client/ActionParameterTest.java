package asyncinfo.client;

import static org.assertj.core.api.Assertions.assertThat;

import asyncinfo.contract.Api;
import asyncinfo.contract.Field;
import asyncinfo.contract.Limit;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests that a parameter has the JSON type of its row. */
class ActionParameterTest {

  @ParameterizedTest
  @CsvSource({
    "String, 12, '\"12\"'",
    "String, true, '\"true\"'",
    "Integer, 12, 12",
    "Integer, -3, -3",
    "Integer, 007, 7",
    "Integer, 1.5, '\"1.5\"'",
    "Integer, x, '\"x\"'",
    "Integer, '', '\"\"'",
    "Integer, 99999999999999999999, '\"99999999999999999999\"'",
    "Float, 1.50, 1.50",
    "Float, 1e400000000, '\"1e400000000\"'",
    "Boolean, false, false",
    "Boolean, False, '\"False\"'"
  })
  void hasTheTypeOfItsRow(String type, String text, String json) {
    Api api =
        new Api(
            "product",
            "product",
            "2026-01-01",
            "Action",
            "",
            "",
            "",
            "",
            new Limit(1, 1),
            List.of(new Field("Name", type, true, "", List.of())),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of());

    assertThat(ActionParameter.of(api, "Name", text).value()).hasToString(json);
    assertThat(ActionParameter.of(api, "Other", text).value()).hasToString("\"" + text + "\"");
  }
}
